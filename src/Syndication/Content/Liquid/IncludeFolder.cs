using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Fluid;
using Fluid.Values;

namespace Syndication.Content.Liquid;

/// <summary>The files that {% include %} names. Read again when they change; only from within the site. For any number of threads.</summary>
internal sealed class IncludeFolder
{
    private readonly ConcurrentDictionary<string, (string Digest, LiquidTemplate Template)> _read = new(StringComparer.Ordinal);

    /// <summary>Writes the named file in the tag's place; one that is missing costs only its own place.</summary>
    public void Write(bool isRelative, int line, string words, TextWriter writer, TemplateContext context, FluidParser parser)
    {
        LiquidScope scope = JekyllTags.ScopeOf(context);
        int cut = words.AsSpan().IndexOfAny(" \t\n");
        string name = (cut < 0 ? words : words[..cut]).Trim('"', '\'');
        string folder = isRelative ? Path.GetDirectoryName(scope.Post.Path) ?? "" : IncludesOf(scope);
        LiquidTemplate? template = Read(scope, Path.Combine(folder, name), parser);
        if (template is null)
        {
            scope.Warn(line, $"{{% include {name} %}} names no file of {(isRelative ? "the post's folder" : folder)}, and is left out");
            return;
        }

        Dictionary<string, FluidValue> values = Parameters(cut < 0 ? "" : words[cut..], context, parser);
        FluidValue outer = context.GetValue("include");
        context.SetValue("include", new DictionaryValue(new LazyMap(values.Keys, key => values.GetValueOrDefault(key))));
        try
        {
            scope.Within(Path.Combine(folder, name), () => template.Render(writer, context));
        }
        finally
        {
            context.SetValue("include", outer);
        }
    }

    private static string IncludesOf(LiquidScope scope) =>
        scope.Site.Configuration.Get("includes_dir") as string is { Length: > 0 } folder ? folder : "_includes";

    private LiquidTemplate? Read(LiquidScope scope, string path, FluidParser parser)
    {
        if (scope.Reads.File(path) is not SiteFile file)
        {
            return null;
        }

        if (!_read.TryGetValue(path, out (string Digest, LiquidTemplate Template) known) || known.Digest != file.Digest)
        {
            _read[path] = known = (file.Digest, LiquidTemplate.Parse(file.Text, parser));
        }

        return known.Template;
    }

    /// <summary>The parameters of a tag: key=value, where a value is quoted text or a variable.</summary>
    private static Dictionary<string, FluidValue> Parameters(string words, TemplateContext context, FluidParser parser)
    {
        Dictionary<string, FluidValue> values = new(StringComparer.Ordinal);
        int at = 0;
        while (true)
        {
            int equals = words.IndexOf('=', at);
            if (equals < 0)
            {
                return values;
            }

            string key = words[at..equals].Trim();
            int start = equals + 1;
            while (start < words.Length && char.IsWhiteSpace(words[start]))
            {
                start++;
            }

            if (start < words.Length && words[start] is '"' or '\'')
            {
                int end = start + 1;
                StringBuilder text = new();
                while (end < words.Length && words[end] != words[start])
                {
                    end += words[end] == '\\' && end + 1 < words.Length ? 1 : 0;
                    text.Append(words[end++]);
                }

                values[key] = new StringValue(text.ToString());
                at = Math.Min(end + 1, words.Length);
            }
            else
            {
                int end = start;
                while (end < words.Length && !char.IsWhiteSpace(words[end]))
                {
                    end++;
                }

                values[key] = Variable(words[start..end], context, parser);
                at = end;
            }
        }
    }

    private static FluidValue Variable(string name, TemplateContext context, FluidParser parser)
    {
        const string place = "include_value";
        string template = string.Create(CultureInfo.InvariantCulture, $"{{% assign {place} = {name} %}}");
        if (!parser.TryParse(template, out IFluidTemplate parsed))
        {
            return NilValue.Instance;
        }

        parsed.RenderAsync(TextWriter.Null, NullEncoder.Default, context).AsTask().GetAwaiter().GetResult();
        return context.GetValue(place);
    }
}

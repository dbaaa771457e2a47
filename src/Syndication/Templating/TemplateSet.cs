using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Fluid;
using Fluid.Values;
using Syndication.Site;

namespace Syndication.Templating;

/// <summary>
/// The Liquid templates of pages: those of the site where it has them, else the ones beside the program. A template that breaks
/// while the program runs leaves the last good one in place. Output is HTML-encoded unless a value is marked with the raw filter;
/// that of a template named .txt is plain text. Rendering is safe for any number of threads; <see cref="Refresh"/> for one.
/// </summary>
internal sealed class TemplateSet
{
    private static readonly FluidParser Parser = new();
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Most characters that one rendering may give: more than any page or mail has.</summary>
    private const int LongestOutput = 32_000_000;

    private readonly ImmutableArray<string> _folders;
    private readonly Dictionary<string, (string File, DateTime Written)> _tried = new(StringComparer.Ordinal);
    private readonly List<string> _refused = [];
    private volatile ImmutableDictionary<string, Template> _templates = ImmutableDictionary<string, Template>.Empty;

    /// <param name="folders">Where templates are looked for, first found wins; they need not exist.</param>
    public TemplateSet(IEnumerable<string> folders) => _folders = [.. folders];

    /// <summary>Reads the templates that are new or were written since. The problems are those of this read alone.</summary>
    /// <param name="names">Names below a folder, such as web/post.html.</param>
    public ImmutableArray<Problem> Refresh(params IEnumerable<string> names)
    {
        List<Problem> problems = [];
        foreach (string name in names)
        {
            FileInfo? file = FileOf(name);
            if (file is null)
            {
                if (!_templates.ContainsKey(name))
                {
                    problems.Add(Problem.Error(name, null, "the template is missing", $"it in {string.Join(" or ", _folders)}"));
                }

                continue;
            }

            if (!IsWritten(name))
            {
                continue;
            }

            _tried[name] = (file.FullName, file.LastWriteTimeUtc);
            try
            {
                string text = File.ReadAllText(file.FullName);
                if (Parser.TryParse(text, out IFluidTemplate? parsed, out string? error))
                {
                    _templates = _templates.SetItem(name, new Template(file.FullName, new BoundedRanges().VisitTemplate(parsed), Convert.ToHexStringLower(SHA256.HashData(Bytes(text)).AsSpan(0, 8))));
                }
                else
                {
                    problems.Add(Unparsed(file.FullName, error));
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                problems.Add(Problem.Error(file.FullName, null, $"the template cannot be read: {e.Message}"));
            }
        }

        return [.. problems];
    }

    /// <summary>
    /// As <see cref="Refresh"/>, and tries out what was read: where that fails, all that was read is put back to the last good ones, and waits for
    /// the next change, since templates may belong together.
    /// </summary>
    /// <param name="names">Names below a folder.</param>
    /// <param name="trial">Asked once something was read: what is wrong with it.</param>
    public ImmutableArray<Problem> RefreshAndTry(ImmutableArray<string> names, Func<IEnumerable<Problem>> trial)
    {
        ImmutableDictionary<string, Template> good = _templates;
        if (names.Any(IsWritten))
        {
            _refused.ForEach(name => _tried.Remove(name));
            _refused.Clear();
        }

        ImmutableArray<Problem> problems = Refresh(names);
        string[] read = [.. names.Where(name => !ReferenceEquals(_templates.GetValueOrDefault(name), good.GetValueOrDefault(name)))];
        ImmutableArray<Problem> failures = read.Length == 0 ? [] : [.. trial()];
        if (!failures.IsEmpty)
        {
            _templates = good;
            _refused.AddRange(read);
        }

        return [.. problems, .. failures];
    }

    /// <summary>Changes when the template does; empty for one that was never read.</summary>
    public string VersionOf(string name) => _templates.GetValueOrDefault(name)?.Version ?? "";

    /// <summary>Renders a template. Values are strings, numbers, bools, dates, and lists and dictionaries of these.</summary>
    /// <exception cref="DataFormatException">There is no such template, or it does not come to an end within its bounds.</exception>
    public string Render(string name, IReadOnlyDictionary<string, object?> model)
    {
        if (!_templates.TryGetValue(name, out Template? template))
        {
            throw new DataFormatException(null, $"there is no template {name}");
        }

        try
        {
            // Options are per rendering: Fluid's own default instance is shared by the whole process.
            TemplateOptions options = new() { MaxSteps = 1_000_000, MaxRecursion = 20, Assigned = Bounded };
            TemplateContext context = new(options);
            foreach ((string key, object? value) in model)
            {
                context.SetValue(key, FluidValue.Create(value, options));
            }

            using BoundedWriter output = new(LongestOutput);
            TextEncoder encoder = name.EndsWith(".txt", StringComparison.Ordinal) ? NullEncoder.Default : Encoder;
            template.Parsed.RenderAsync(output, encoder, context).AsTask().GetAwaiter().GetResult();
            return output.ToString();
        }
        catch (Exception e) when (e is InvalidOperationException or ParseException or FormatException)
        {
            throw new DataFormatException(null, $"the template {template.File} cannot be rendered: {e.Message}");
        }
    }

    private FileInfo? FileOf(string name) => _folders.Select(folder => new FileInfo(Path.Join(folder, name))).FirstOrDefault(f => f.Exists);

    /// <summary>Whether there is a file that was not tried as it is now.</summary>
    private bool IsWritten(string name) => FileOf(name) is FileInfo file && _tried.GetValueOrDefault(name) != (file.FullName, file.LastWriteTimeUtc);

    /// <summary>A variable that is appended to itself doubles with each step.</summary>
    private static ValueTask<FluidValue> Bounded(string name, FluidValue value, TemplateContext context) =>
        value is StringValue text && text.ToStringValue().Length > LongestOutput / 2
            ? throw new InvalidOperationException($"the variable {name} grows beyond {LongestOutput / 2:N0} characters")
            : ValueTask.FromResult(value);

    /// <summary>Fluid's errors say where in their text: what is wrong, "at (line:column)", and the source after it.</summary>
    private static Problem Unparsed(string file, string error)
    {
        string what = error.Split('\n')[0].Trim();
        int at = what.LastIndexOf(" at (", StringComparison.Ordinal);
        int colon = at < 0 ? -1 : what.IndexOf(':', at);
        int? line = colon > 0 && int.TryParse(what.AsSpan(at + 5, colon - at - 5), NumberStyles.None, CultureInfo.InvariantCulture, out int found) ? found : null;
        return Problem.Error(file, line, $"the template cannot be read: {(line is null ? what : what[..at])}");
    }

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private sealed record Template(string File, IFluidTemplate Parsed, string Version);
}

using System.Collections.Immutable;
using System.Net;
using System.Text;
using Syndication.Site;

namespace Syndication.Content.Hugo.Templates;

/// <summary>Runs one template with its partials. What it writes is escaped unless it is HTML already. Not for several threads.</summary>
/// <param name="scope">What it may cost.</param>
/// <param name="templates">Finds the partials.</param>
/// <param name="globals">What the names site, page and hugo mean.</param>
internal sealed class GoEvaluator(GoScope scope, GoTemplates templates, Func<string, object?> globals)
{
    /// <summary>Partials and templates within each other.</summary>
    private const int Deepest = 10;

    private List<(string Name, object? Value)> _variables = [];
    private StringBuilder _out = new();
    private GoTemplate _template = new("", [], ImmutableDictionary<string, ImmutableArray<GoNode>>.Empty, null);
    private object? _dot;
    private object? _returned;
    private int _depth;
    private bool _isInTag;
    private char _quote;

    private enum Flow
    {
        On,
        Break,
        Continue,
        Return,
    }

    public GoScope Scope => scope;

    /// <summary>The file and the line that are being run: where the fault is, after one.</summary>
    public string Source => _template.Source;

    /// <summary>See <see cref="Source"/>.</summary>
    public int Line { get; private set; }

    /// <exception cref="GoFault">It cannot be run.</exception>
    public string Run(GoTemplate template, object? dot)
    {
        _template = template;
        return Text(Call(template, template.Nodes, dot));
    }

    /// <summary>What a partial writes, or returns.</summary>
    public object? Partial(string name, object? dot)
    {
        GoTemplate caller = _template;
        GoTemplate partial = templates.Partial(name, scope) ?? throw new GoFault($"the partial {name} is not there");
        int line = Line;
        object? value = Call(partial, partial.Nodes, dot);
        (_template, Line) = (caller, line);
        return value;
    }

    private object? Call(GoTemplate template, ImmutableArray<GoNode> nodes, object? dot)
    {
        if (++_depth > Deepest)
        {
            throw new GoFault($"partials are nested more than {Deepest} deep") { IsLimit = true };
        }

        _template = template;
        if (template.Fault is GoFault fault)
        {
            throw fault;
        }

        (List<(string, object?)> variables, StringBuilder text, object? outer) = (_variables, _out, _dot);
        (bool isInTag, char quote) = (_isInTag, _quote);
        (_variables, _out, _dot, _isInTag, _quote) = ([("$", dot)], new StringBuilder(), dot, false, '\0');
        bool returns = Walk(nodes) == Flow.Return;
        object? value = returns ? _returned : new GoHtml(_out.ToString());
        (_variables, _out, _dot, _isInTag, _quote) = (variables, text, outer, isInTag, quote);
        _depth--;
        return value;
    }

    private Flow Walk(ImmutableArray<GoNode> nodes)
    {
        int declared = _variables.Count;
        Flow flow = Flow.On;
        for (int i = 0; i < nodes.Length && flow == Flow.On; i++)
        {
            flow = Run(nodes[i]);
        }

        _variables.RemoveRange(declared, _variables.Count - declared);
        return flow;
    }

    private Flow Run(GoNode node)
    {
        scope.Step();
        Line = node.Line;
        switch (node)
        {
            case GoText text:
                Write(text.Text);
                Follow(text.Text);
                return Flow.On;
            case GoAction action:
                object? value = Value(action.Pipe);
                if (action.Pipe.Variables.IsEmpty)
                {
                    Write(Escaped(value));
                }

                return Flow.On;
            case GoBranch branch:
                return Branch(branch);
            case GoInclude include:
                object? with = include.Pipe is null ? null : Value(include.Pipe);
                GoTemplate caller = _template;
                ImmutableArray<GoNode> defined = _template.Defined.TryGetValue(include.Name, out ImmutableArray<GoNode> own)
                    ? own
                    : throw new GoFault($"the template {include.Name} is not there");
                Write(Text(Call(caller, defined, with)));
                return Flow.On;
            case GoReturn returned:
                _returned = returned.Pipe is null ? null : Value(returned.Pipe);
                return Flow.Return;
            default:
                return ((GoJump)node).IsBreak ? Flow.Break : Flow.Continue;
        }
    }

    private Flow Branch(GoBranch branch)
    {
        int declared = _variables.Count;
        object? value = Value(branch.Pipe);
        Flow flow = Flow.On;
        if (branch.Kind == GoBranchKind.Range)
        {
            flow = Range(branch, value, declared);
        }
        else if (GoValues.IsTrue(value))
        {
            flow = branch.Kind == GoBranchKind.With ? Within(value, branch.Then) : Walk(branch.Then);
        }
        else
        {
            flow = Walk(branch.Else);
        }

        _variables.RemoveRange(declared, _variables.Count - declared);
        return flow;
    }

    private Flow Within(object? dot, ImmutableArray<GoNode> nodes)
    {
        object? outer = _dot;
        _dot = dot;
        Flow flow = Walk(nodes);
        _dot = outer;
        return flow;
    }

    private Flow Range(GoBranch branch, object? value, int declared)
    {
        IEnumerable<(object? Key, object? Value)> items = value switch
        {
            null => [],
            IReadOnlyList<object?> list => list.Select((item, i) => ((object?)(long)i, item)),
            DataMap map => map.Keys.Order(StringComparer.Ordinal).Select(key => ((object?)key, map.Get(key))),
            _ => throw new GoFault("a list is expected"),
        };
        bool isEmpty = true;
        foreach ((object? key, object? item) in items)
        {
            isEmpty = false;
            scope.Step();
            _variables.RemoveRange(declared, _variables.Count - declared);
            ImmutableArray<string> names = branch.Pipe.Variables;
            for (int i = 0; i < names.Length; i++)
            {
                _variables.Add((names[i], names.Length == 2 && i == 0 ? key : item));
            }

            Flow flow = Within(item, branch.Then);
            if (flow is Flow.Break or Flow.Return)
            {
                return flow == Flow.Return ? flow : Flow.On;
            }
        }

        return isEmpty ? Walk(branch.Else) : Flow.On;
    }

    private object? Value(GoPipe pipe)
    {
        object?[] piped = [];
        foreach (ImmutableArray<GoOperand> command in pipe.Commands)
        {
            piped = [Value(command, piped)];
        }

        object? value = piped[0];
        foreach (string name in pipe.Variables.TakeLast(1))
        {
            Assign(name, value, pipe.Declares);
        }

        return value;
    }

    private void Assign(string name, object? value, bool declares)
    {
        int at = declares ? -1 : _variables.FindLastIndex(v => v.Name == name);
        if (at >= 0)
        {
            _variables[at] = (name, value);
        }
        else if (declares)
        {
            _variables.Add((name, value));
        }
        else
        {
            throw new GoFault($"the variable {name} is not there");
        }
    }

    /// <summary>The first operand, called with the others and what was piped to it.</summary>
    private object? Value(ImmutableArray<GoOperand> command, object?[] piped)
    {
        GoOperand first = command[0];
        object?[] arguments = [.. command.Skip(1).Select(operand => Operand(operand, [])), .. piped];
        return Operand(first, arguments);
    }

    private object? Operand(GoOperand operand, object?[] arguments)
    {
        scope.Step();
        if (operand.Kind == GoOperandKind.Name)
        {
            return Named((string)operand.Value!, operand.Fields, arguments);
        }

        object? value = operand.Kind switch
        {
            GoOperandKind.Dot => _dot,
            GoOperandKind.Group => Value(operand.Group!),
            GoOperandKind.Variable => Variable((string)operand.Value!),
            _ => operand.Value,
        };
        return Fields(value, operand.Fields, arguments);
    }

    private object? Named(string name, ImmutableArray<string> fields, object?[] arguments)
    {
        if (globals(name) is object global)
        {
            return Fields(global, fields, arguments);
        }

        string full = fields.Length > 0 ? $"{name}.{fields[0]}" : name;
        if (!GoFunctions.All.TryGetValue(full, out (int Least, GoFunction Run) function))
        {
            throw new GoFault($"the function {full} is not known here");
        }

        if (arguments.Length < function.Least)
        {
            throw new GoFault($"the function {full} lacks a value");
        }

        foreach (object? argument in arguments)
        {
            scope.Work(argument);
        }

        object? value = scope.Work(function.Run(this, arguments));
        return fields.Length > 1 ? Fields(value, fields[1..], []) : value;
    }

    private static object? Fields(object? value, ImmutableArray<string> fields, object?[] arguments)
    {
        if (arguments.Length > 0 && fields.IsEmpty)
        {
            throw new GoFault("what is called is no function");
        }

        for (int i = 0; i < fields.Length; i++)
        {
            value = GoValues.Member(value, fields[i], i == fields.Length - 1 ? arguments : []);
        }

        return value;
    }

    private object? Variable(string name)
    {
        int at = _variables.FindLastIndex(v => v.Name == name);
        return at >= 0 ? _variables[at].Value : throw new GoFault($"the variable {name} is not there");
    }

    private void Write(string text)
    {
        scope.Write(text.Length);
        _out.Append(text);
    }

    private string Escaped(object? value) => value switch
    {
        GoHtml { IsAttribute: true } part => part.Text,
        GoHtml html when !_isInTag => html.Text,
        GoHtml html => WebUtility.HtmlEncode(GoValues.Plain(scope.Work(html).Text)),
        _ => WebUtility.HtmlEncode(scope.Work(GoValues.Print(value))),
    };

    /// <summary>Keeps in mind whether what comes next is within a tag.</summary>
    private void Follow(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (!_isInTag)
            {
                _isInTag = c == '<' && i + 1 < text.Length && (char.IsAsciiLetter(text[i + 1]) || text[i + 1] == '/');
                _quote = '\0';
            }
            else if (_quote != '\0')
            {
                _quote = c == _quote ? '\0' : _quote;
            }
            else if (c is '"' or '\'')
            {
                _quote = c;
            }
            else
            {
                _isInTag = c != '>';
            }
        }
    }

    private static string Text(object? value) => value is GoHtml html ? html.Text : WebUtility.HtmlEncode(GoValues.Print(value));
}

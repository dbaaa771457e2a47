using System.Collections.Immutable;

namespace Syndication.Content.Hugo.Templates;

/// <summary>Makes a tree of the tokens of a Go template.</summary>
internal sealed class GoParser(List<GoToken> tokens)
{
    private const int Deepest = 30;

    private int _at;
    private int _depth;
    private int _loops;

    public ImmutableDictionary<string, ImmutableArray<GoNode>>.Builder Defined { get; } =
        ImmutableDictionary.CreateBuilder<string, ImmutableArray<GoNode>>(StringComparer.Ordinal);

    /// <exception cref="GoFault">It is no template.</exception>
    public ImmutableArray<GoNode> ReadAll()
    {
        ImmutableArray<GoNode> nodes = Nodes();
        return _at == tokens.Count ? nodes : throw Fault("end or else has no beginning");
    }

    /// <summary>Up to {{ end }} or {{ else }}, which is left.</summary>
    private ImmutableArray<GoNode> Nodes()
    {
        if (++_depth > Deepest)
        {
            throw Fault($"it is nested more than {Deepest} deep");
        }

        ImmutableArray<GoNode>.Builder nodes = ImmutableArray.CreateBuilder<GoNode>();
        while (_at < tokens.Count)
        {
            GoToken token = tokens[_at];
            if (token.Kind == GoTokenKind.Text)
            {
                nodes.Add(new GoText(token.Line, token.Text));
                _at++;
                continue;
            }

            if (WordAt(_at + 1) is "end" or "else")
            {
                break;
            }

            _at++;
            if (Node(token.Line) is GoNode node)
            {
                nodes.Add(node);
            }
        }

        _depth--;
        return nodes.ToImmutable();
    }

    private GoNode? Node(int line)
    {
        switch (WordAt(_at))
        {
            case "if":
                _at++;
                return Branch(line, GoBranchKind.If);
            case "with":
                _at++;
                return Branch(line, GoBranchKind.With);
            case "range":
                _at++;
                _loops++;
                GoNode range = Branch(line, GoBranchKind.Range);
                _loops--;
                return range;
            case "break" or "continue" when _loops > 0:
                GoJump jump = new(line, tokens[_at++].Text == "break");
                Close();
                return jump;
            case "return":
                _at++;
                return new GoReturn(line, PipeUnlessClosed(line));
            case "template":
                _at++;
                return new GoInclude(line, Literal(), PipeUnlessClosed(line));
            case "define":
                _at++;
                string name = Literal();
                Close();
                Defined[name] = Body();
                return null;
            case "block":
                _at++;
                string own = Literal();
                GoPipe? with = PipeUnlessClosed(line);
                Defined[own] = Body();
                return new GoInclude(line, own, with);
            default:
                GoPipe pipe = Pipe(line);
                Close();
                return new GoAction(line, pipe);
        }
    }

    private ImmutableArray<GoNode> Body()
    {
        ImmutableArray<GoNode> body = Nodes();
        End();
        return body;
    }

    private GoBranch Branch(int line, GoBranchKind kind)
    {
        GoPipe pipe = Pipe(line);
        Close();
        ImmutableArray<GoNode> then = Nodes();
        ImmutableArray<GoNode> otherwise = [];
        if (WordAt(_at + 1) == "else")
        {
            _at += 2;
            if (WordAt(_at) is "if" or "with")
            {
                if (++_depth > Deepest)
                {
                    throw Fault($"it is nested more than {Deepest} deep");
                }

                GoBranchKind next = tokens[_at++].Text == "if" ? GoBranchKind.If : GoBranchKind.With;
                GoBranch chained = new(line, kind, pipe, then, [Branch(tokens[_at - 1].Line, next)]);
                _depth--;
                return chained;
            }

            Close();
            otherwise = Nodes();
        }

        End();
        return new GoBranch(line, kind, pipe, then, otherwise);
    }

    private GoPipe? PipeUnlessClosed(int line)
    {
        GoPipe? pipe = Peek(GoTokenKind.Close) ? null : Pipe(line);
        Close();
        return pipe;
    }

    private GoPipe Pipe(int line)
    {
        ImmutableArray<string> variables = [];
        bool declares = false;
        int count = Peek(GoTokenKind.Variable) ? SignAt(_at + 1) == "," ? 2 : 1 : 0;
        if (count > 0 && SignAt(_at + (2 * count) - 1) is ":=" or "=")
        {
            variables = [.. Enumerable.Range(0, count).Select(i => tokens[_at + (2 * i)].Text)];
            _at += 2 * count;
            declares = tokens[_at - 1].Text == ":=";
        }

        ImmutableArray<ImmutableArray<GoOperand>>.Builder commands = ImmutableArray.CreateBuilder<ImmutableArray<GoOperand>>();
        do
        {
            ImmutableArray<GoOperand>.Builder operands = ImmutableArray.CreateBuilder<GoOperand>();
            while (_at < tokens.Count && !Peek(GoTokenKind.Close) && SignAt(_at) is not ("|" or ")"))
            {
                operands.Add(Operand());
            }

            commands.Add(operands.Count > 0 ? operands.ToImmutable() : throw Fault("a value is missing"));
        }
        while (SignAt(_at) == "|" && ++_at > 0);

        return new GoPipe(line, variables, declares, commands.ToImmutable());
    }

    private GoOperand Operand()
    {
        GoToken token = tokens[_at++];
        GoPipe? group = null;
        ImmutableArray<string>.Builder fields = ImmutableArray.CreateBuilder<string>();
        GoOperandKind kind = GoOperandKind.Literal;
        object? value = null;
        switch (token.Kind)
        {
            case GoTokenKind.Literal:
                value = token.Value;
                break;
            case GoTokenKind.Name when token.Text is "true" or "false":
                value = token.Text == "true";
                break;
            case GoTokenKind.Name when token.Text == "nil":
                break;
            case GoTokenKind.Name or GoTokenKind.Variable:
                (kind, value) = (token.Kind == GoTokenKind.Name ? GoOperandKind.Name : GoOperandKind.Variable, token.Text);
                break;
            case GoTokenKind.Field or GoTokenKind.Dot:
                kind = GoOperandKind.Dot;
                if (token.Kind == GoTokenKind.Field)
                {
                    fields.Add(token.Text);
                }

                break;
            case GoTokenKind.Sign when token.Text == "(":
                if (++_depth > Deepest)
                {
                    throw Fault($"it is nested more than {Deepest} deep");
                }

                (kind, group) = (GoOperandKind.Group, Pipe(token.Line));
                _depth--;
                _at = SignAt(_at) == ")" ? _at + 1 : throw Fault("a parenthesis is not closed");
                break;
            default:
                throw Fault($"{token.Text} is not expected");
        }

        while (Peek(GoTokenKind.Field) && tokens[_at].IsAdjacent)
        {
            fields.Add(tokens[_at++].Text);
        }

        return new GoOperand(kind, value, group, fields.ToImmutable());
    }

    private string Literal()
    {
        string name = Peek(GoTokenKind.Literal) && tokens[_at].Value is string text ? text : throw Fault("a name in quotes is missing");
        _at++;
        return name;
    }

    private void End()
    {
        if (WordAt(_at + 1) != "end")
        {
            throw Fault("an end is missing");
        }

        _at += 2;
        Close();
    }

    private void Close() => _at = Peek(GoTokenKind.Close) ? _at + 1 : throw Fault("the action is not understood");

    private bool Peek(GoTokenKind kind) => _at < tokens.Count && tokens[_at].Kind == kind;

    private string? WordAt(int at) => at < tokens.Count && tokens[at].Kind == GoTokenKind.Name ? tokens[at].Text : null;

    private string? SignAt(int at) => at < tokens.Count && tokens[at].Kind == GoTokenKind.Sign ? tokens[at].Text : null;

    private GoFault Fault(string what) => new(what) { Line = tokens.Count == 0 ? 1 : tokens[Math.Min(_at, tokens.Count - 1)].Line };
}

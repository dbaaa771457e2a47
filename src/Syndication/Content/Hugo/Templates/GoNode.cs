using System.Collections.Immutable;

namespace Syndication.Content.Hugo.Templates;

/// <summary>A part of a Go template.</summary>
/// <param name="Line">Counted from 1.</param>
internal abstract record GoNode(int Line);

/// <summary>Text that stands as it is.</summary>
internal sealed record GoText(int Line, string Text) : GoNode(Line);

/// <summary>{{ pipe }}: written, unless it declares or assigns.</summary>
internal sealed record GoAction(int Line, GoPipe Pipe) : GoNode(Line);

internal enum GoBranchKind
{
    If,
    With,
    Range,
}

/// <summary>{{ if pipe }} … {{ else }} … {{ end }} and its kin.</summary>
internal sealed record GoBranch(int Line, GoBranchKind Kind, GoPipe Pipe, ImmutableArray<GoNode> Then, ImmutableArray<GoNode> Else) : GoNode(Line);

/// <summary>{{ break }} or {{ continue }}.</summary>
internal sealed record GoJump(int Line, bool IsBreak) : GoNode(Line);

/// <summary>{{ return pipe }} of a partial.</summary>
internal sealed record GoReturn(int Line, GoPipe? Pipe) : GoNode(Line);

/// <summary>{{ template "name" pipe }}.</summary>
internal sealed record GoInclude(int Line, string Name, GoPipe? Pipe) : GoNode(Line);

/// <summary>Commands, each of which gives its value to the next as the last argument.</summary>
/// <param name="Line">Counted from 1.</param>
/// <param name="Variables">What it is assigned to, with the dollar sign; for a range the index first, where there are two.</param>
/// <param name="Declares">The variables are new.</param>
/// <param name="Commands">Operands: one that is called with the others, or a single one.</param>
internal sealed record GoPipe(int Line, ImmutableArray<string> Variables, bool Declares, ImmutableArray<ImmutableArray<GoOperand>> Commands);

internal enum GoOperandKind
{
    Literal,
    Dot,
    Variable,
    Name,
    Group,
}

/// <summary>One operand, with the fields that are taken of it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">A literal's value, or the name of a variable or function.</param>
/// <param name="Group">A pipe in parentheses.</param>
/// <param name="Fields">Without their dots.</param>
internal sealed record GoOperand(GoOperandKind Kind, object? Value, GoPipe? Group, ImmutableArray<string> Fields);

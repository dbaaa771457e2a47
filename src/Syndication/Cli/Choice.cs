using System.Collections.Immutable;
using System.CommandLine;

namespace Syndication.Cli;

/// <summary>An option that takes one of a few words, in any case; another is told in one line with those it takes.</summary>
internal static class Choice
{
    public static void Restrict<T>(Option<T> option, ImmutableArray<string> words)
    {
        option.CompletionSources.Add(_ => words.Select(w => new System.CommandLine.Completions.CompletionItem(w)));
        option.HelpName = string.Join('|', words);
        option.Validators.Add(result =>
        {
            foreach (string word in result.Tokens.Select(t => t.Value).Where(v => !words.Contains(v, StringComparer.OrdinalIgnoreCase)))
            {
                result.AddError($"{option.Name} is '{word}'; expected {string.Join(", ", words[..^1])} or {words[^1]}");
            }
        });
    }
}

using System.Collections.Immutable;
using Syndication.Site;

namespace Syndication.Cli;

/// <summary>
/// The command line parted in two: settings, --Section:Key=value or --AllowedHosts=value, and the rest, which then is parsed strictly. They are taken
/// out first because a parser either refuses them or takes them for something else.
/// </summary>
/// <param name="Rest">What is left, in its order; everything from a bare -- on is left as it is.</param>
/// <param name="Settings">The settings, in their order.</param>
/// <param name="Problems">What looks like a setting and is none; such a command line is not to be run.</param>
internal sealed record SettingArguments(ImmutableArray<string> Rest, ImmutableArray<Setting> Settings, ImmutableArray<Problem> Problems)
{
    private const string Form = "--Section:Key=value";

    /// <summary>Settings that stand in no section. --urls, so written, is an option of one command and left to its parser.</summary>
    private static readonly ImmutableArray<string> WithoutSection = ["--AllowedHosts", "--Urls"];

    public static SettingArguments Take(IReadOnlyList<string> args)
    {
        ImmutableArray<string>.Builder rest = ImmutableArray.CreateBuilder<string>();
        ImmutableArray<Setting>.Builder settings = ImmutableArray.CreateBuilder<Setting>();
        ImmutableArray<Problem>.Builder problems = ImmutableArray.CreateBuilder<Problem>();
        int end = args.TakeWhile(a => a != "--").Count();
        foreach (string argument in args.Take(end))
        {
            int equals = argument.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? argument : argument[..equals];
            bool isSetting = name.StartsWith("--", StringComparison.Ordinal)
                && (name.Contains(':', StringComparison.Ordinal) || WithoutSection.Contains(name, StringComparer.OrdinalIgnoreCase));
            if (!isSetting || name == "--urls")
            {
                rest.Add(argument);
            }
            else if (!name[2..].Split(':').All(IsName))
            {
                problems.Add(Problem.Error(SettingAliases.CommandLine, null, $"'{argument}' is no setting", Form));
            }
            else if (equals < 0)
            {
                problems.Add(Problem.Error(SettingAliases.CommandLine, null, $"{name} has no value", $"{name}=value"));
            }
            else
            {
                SettingOrigin origin = new(SettingAliases.CommandLine, null, name);
                settings.Add(new Setting(name[2..], argument[(equals + 1)..], origin));
            }
        }

        rest.AddRange(args.Skip(end));
        return new SettingArguments(rest.ToImmutable(), settings.ToImmutable(), problems.ToImmutable());
    }

    private static bool IsName(string part) =>
        part.Length > 0 && part.All(c => char.IsLetterOrDigit(c) || c is '_' or '.' or '-' or '*');
}

using Syndication.Site;

namespace Syndication.Cli;

/// <summary>What a setting is before anybody knows its type.</summary>
internal enum SettingForm
{
    Text,
    List,
    Section,
}

/// <summary>
/// One value as one source gives it. What stands in a list or section are settings of their own: Section:Key:0, Section:Key:1.
/// </summary>
/// <param name="Key">Section:Key, whose case does not matter.</param>
/// <param name="Text">The value; blank = not set.</param>
/// <param name="Origin">Where it was given.</param>
/// <param name="Form">Lists and sections have no <paramref name="Text"/>.</param>
internal sealed record Setting(string Key, string Text, SettingOrigin Origin, SettingForm Form = SettingForm.Text)
{
    public bool IsSet => Form == SettingForm.Text && !string.IsNullOrWhiteSpace(Text);
}

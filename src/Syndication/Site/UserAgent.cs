using System.Reflection;

namespace Syndication.Site;

/// <summary>How we call ourselves where we ask others for something.</summary>
internal static class UserAgent
{
    /// <summary>Name and version, as the header User-Agent has them.</summary>
    public static string Text { get; } =
        $"Syndication/{typeof(UserAgent).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0"}";
}

using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;

namespace Syndication.Cli;

/// <summary>Why .NET's host did not start, where the reason is a setting of its own sections or an address that cannot be had.</summary>
/// <param name="Message">One line for a person.</param>
/// <param name="ExitCode">See <see cref="ExitCodes"/>.</param>
internal sealed record StartFailure(string Message, int ExitCode)
{
    /// <summary>The failure, or null for an error that is told elsewhere.</summary>
    public static StartFailure? Of(Exception error, SettingsReading settings, string urls) => error switch
    {
        SocketException or AddressInUseException or IOException { InnerException: AddressInUseException or AggregateException } =>
            new StartFailure(Unheard(error, settings, urls), ExitCodes.OutsideFailed),
        InvalidOperationException or FormatException or ArgumentException or NotSupportedException or CryptographicException =>
            new StartFailure(Wrong(error, settings), ExitCodes.WrongSetting),
        _ => null,
    };

    private static string Unheard(Exception error, SettingsReading settings, string urls) => settings.Host.GetSection("Kestrel:Endpoints").Exists()
        ? $"cannot listen on the addresses of Kestrel:Endpoints: {error.Message}"
        : $"cannot listen on {urls}: {Innermost(error).Message}; another address can be given with --urls";

    /// <summary>.NET names the value that it cannot use, and seldom the setting; where it does, the setting is looked up.</summary>
    private static string Wrong(Exception error, SettingsReading settings)
    {
        string? key = settings.Host.AsEnumerable()
            .Where(s => s.Value is { Length: > 1 } value && error.Message.Contains(value, StringComparison.Ordinal))
            .OrderByDescending(s => s.Value!.Length)
            .Select(s => s.Key)
            .FirstOrDefault();
        return key is null
            ? $"a setting of {string.Join(", ", KnownSettings.HostSections)} cannot be used: {error.Message}"
            : settings.OriginOf(key).Error($"it cannot be used: {error.Message}").ToString();
    }

    private static Exception Innermost(Exception error) => error.InnerException is null ? error : Innermost(error.InnerException);
}

using Syndication.Subscribers;

namespace Syndication.Tests.Subscribers;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("reader@example.org", "reader@example.org", "reader@example.org")]
    [InlineData("  reader@example.org\t", "reader@example.org", "reader@example.org")]
    [InlineData("Jane.Doe+news@EXAMPLE.Org", "Jane.Doe+news@example.org", "jane.doe+news@example.org")]
    [InlineData("o'neil=x!#$%&*-/?^_`{|}~@a-b.example", "o'neil=x!#$%&*-/?^_`{|}~@a-b.example", "o'neil=x!#$%&*-/?^_`{|}~@a-b.example")]
    [InlineData("jürgen@BÜCHER.example", "jürgen@xn--bcher-kva.example", "jürgen@xn--bcher-kva.example")]
    [InlineData("JÜRGEN@xn--bcher-kva.example", "JÜRGEN@xn--bcher-kva.example", "jürgen@xn--bcher-kva.example")]
    [InlineData("用户@例子.世界", "用户@xn--fsqu00a.xn--rhqv96g", "用户@xn--fsqu00a.xn--rhqv96g")]
    [InlineData("a@b.c1", "a@b.c1", "a@b.c1")]
    [InlineData("😀@example.org", "😀@example.org", "😀@example.org")]
    public void AnAddressKeepsItsLocalPartAndItsHostIsAscii(string text, string value, string key)
    {
        (EmailAddress? address, string? wrong) = EmailAddress.Read(text);

        Assert.Null(wrong);
        Assert.Equal(value, address!.Value);
        Assert.Equal(key, address.Key);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("reader")]
    [InlineData("@example.org")]
    [InlineData("reader@")]
    [InlineData("@")]
    [InlineData("a@b@example.org")]
    [InlineData("reader@localhost")]
    [InlineData("reader@example..org")]
    [InlineData("reader@.example.org")]
    [InlineData("reader@example.org.")]
    [InlineData("reader@-example.org")]
    [InlineData("reader@example-.org")]
    [InlineData("reader@exa_mple.org")]
    [InlineData("reader@exam ple.org")]
    [InlineData("reader@192.0.2.1")]
    [InlineData("reader@[192.0.2.1]")]
    [InlineData("reader@[IPv6:2001:db8::1]")]
    [InlineData("reader@example.org,other@example.org")]
    [InlineData("reader@example.org other@example.org")]
    [InlineData("reader@example.org;")]
    [InlineData("mailto:reader@example.org")]
    [InlineData("Reader <reader@example.org>")]
    [InlineData("<reader@example.org>")]
    [InlineData("reader(comment)@example.org")]
    [InlineData("\"reader\"@example.org")]
    [InlineData("\"a b\"@example.org")]
    [InlineData(".reader@example.org")]
    [InlineData("reader.@example.org")]
    [InlineData("rea..der@example.org")]
    [InlineData("rea der@example.org")]
    [InlineData("reader@example.org\r\nBcc: all@example.org")]
    [InlineData("reader\r\nRCPT TO:<x@example.org>@example.org")]
    [InlineData("reader\n@example.org")]
    [InlineData("reader\0@example.org")]
    [InlineData("reader@example.org\n")]
    [InlineData("reader\u007f@example.org")]
    [InlineData("reader\u0085@example.org")]
    [InlineData("rea\u200bder@example.org")]
    [InlineData("rea\u202eder@example.org")]
    [InlineData("rea\u2028der@example.org")]
    [InlineData("rea\u00a0der@example.org")]
    [InlineData("rea\ufeffder@example.org")]
    [InlineData("rea\ufffdder@example.org")]
    [InlineData("reader@exam\u0000ple.org")]
    [InlineData("reader@xn--.org")]
    [InlineData("reader@example.org>")]
    [InlineData("a\\b@example.org")]
    public void WhatCouldBreakOutOfAnSmtpCommandOrAHeaderIsRefused(string text)
    {
        (EmailAddress? address, string? wrong) = EmailAddress.Read(text);

        Assert.Null(address);
        Assert.NotEmpty(wrong!);
    }

    [Fact]
    public void HalfACharacterIsRefused()
    {
        Assert.NotNull(EmailAddress.Read("rea\ud800der@example.org").Wrong);
        Assert.NotNull(EmailAddress.Read("reader@\ud800.example.org").Wrong);
        Assert.NotNull(EmailAddress.Read("\udc00").Wrong);
    }

    [Fact]
    public void LengthsAreThoseOfSmtpInBytes()
    {
        string local = new('a', 64);
        string label = new('b', 63);
        Assert.NotNull(EmailAddress.Read($"{local}@{label}.{label}.{new string('c', 61)}").Address);
        Assert.Contains("254", EmailAddress.Read($"{local}@{label}.{label}.{new string('c', 62)}").Wrong, StringComparison.Ordinal);
        Assert.Contains("64", EmailAddress.Read($"{local}a@example.org").Wrong, StringComparison.Ordinal);
        Assert.Contains("64", EmailAddress.Read($"{new string('ü', 33)}@example.org").Wrong, StringComparison.Ordinal);
        Assert.Null(EmailAddress.Read($"a@{label}b.example").Address);
        Assert.Null(EmailAddress.Read(new string('a', 1_000_000) + "@example.org").Address);
    }

    [Fact]
    public void ComposedAndDecomposedLettersAreOneAddress() =>
        Assert.Equal(EmailAddress.Read("ju\u0308rgen@example.org").Address!.Key, EmailAddress.Read("j\u00fcrgen@example.org").Address!.Key);

    [Theory]
    [InlineData("reader@example.org", "r…@example.org")]
    [InlineData("r@example.org", "r…@example.org")]
    [InlineData("😀x@example.org", "😀…@example.org")]
    [InlineData("", "")]
    public void AMaskedAddressShowsItsFirstCharacterAndHost(string address, string masked) => Assert.Equal(masked, EmailAddress.Masked(address));
}

using System.Buffers.Text;
using Syndication.Subscribers;

namespace Syndication.Tests.Subscribers;

public sealed class SignedTokenTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Reader = Guid.Parse("3f2504e0-4f89-41d3-9a0c-0305e82c3301");
    private static readonly TokenKey First = Key(1, 7);
    private static readonly TokenKey Second = Key(2, 9);
    private static readonly TokenKeys Keys = new([First]);

    [Fact]
    public void ATokenForLeavingIsGoodForEver()
    {
        string token = SignedToken.ForUnsubscribing(Keys, Reader);

        Assert.Equal(Reader, SignedToken.Read(Keys, TokenPurpose.Unsubscribe, token, Now.AddYears(50)));
        Assert.All(token, c => Assert.True(char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));
    }

    [Fact]
    public void OtherTokensAreGoodUntilTheirEnd()
    {
        string token = SignedToken.Create(Keys, TokenPurpose.Preferences, Reader, Now.AddHours(1));

        Assert.Equal(Reader, SignedToken.Read(Keys, TokenPurpose.Preferences, token, Now.AddMinutes(59)));
        Assert.Null(SignedToken.Read(Keys, TokenPurpose.Preferences, token, Now.AddHours(1)));
        Assert.Throws<ArgumentException>(() => SignedToken.Create(Keys, TokenPurpose.Unsubscribe, Reader, Now));
    }

    [Fact]
    public void ATokenIsOfNoUseForAnythingElse()
    {
        string leave = SignedToken.ForUnsubscribing(Keys, Reader);
        string back = SignedToken.Create(Keys, TokenPurpose.Resubscribe, Reader, Now.AddHours(1));

        Assert.Null(SignedToken.Read(Keys, TokenPurpose.Resubscribe, leave, Now));
        Assert.Null(SignedToken.Read(Keys, TokenPurpose.Preferences, back, Now));
        Assert.Null(SignedToken.Read(Keys, TokenPurpose.Unsubscribe, back, Now));
    }

    [Fact]
    public void NoBitOfATokenCanBeChanged()
    {
        foreach ((string token, TokenPurpose purpose) in Tokens())
        {
            byte[] bytes = Base64Url.DecodeFromChars(token);
            for (int bit = 0; bit < bytes.Length * 8; bit++)
            {
                byte[] forged = [.. bytes];
                forged[bit / 8] ^= (byte)(1 << (bit % 8));
                foreach (TokenPurpose any in Enum.GetValues<TokenPurpose>())
                {
                    Assert.Null(SignedToken.Read(Keys, any, Base64Url.EncodeToString(forged), Now));
                }
            }

            Assert.NotNull(SignedToken.Read(Keys, purpose, token, Now));
        }
    }

    [Fact]
    public void TheSubscriberCannotBeSwapped()
    {
        byte[] mine = Base64Url.DecodeFromChars(SignedToken.ForUnsubscribing(Keys, Reader));
        byte[] other = Base64Url.DecodeFromChars(SignedToken.ForUnsubscribing(Keys, Guid.NewGuid()));
        other.AsSpan(5, 16).CopyTo(mine.AsSpan(5));

        Assert.Null(SignedToken.Read(Keys, TokenPurpose.Unsubscribe, Base64Url.EncodeToString(mine), Now));
    }

    [Fact]
    public void ATokenThatIsCutOrLengthenedIsRefused()
    {
        foreach ((string token, TokenPurpose purpose) in Tokens())
        {
            for (int length = 0; length < token.Length; length++)
            {
                Assert.Null(SignedToken.Read(Keys, purpose, token[..length], Now));
            }

            foreach (string tail in (string[])["A", "=", "==", "\n", " ", "/", "%3D", new string('A', 100_000)])
            {
                Assert.Null(SignedToken.Read(Keys, purpose, token + tail, Now));
                Assert.Null(SignedToken.Read(Keys, purpose, tail + token, Now));
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("../../etc/passwd")]
    [InlineData("ÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖ")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("                                                  ")]
    public void WhatIsNoTokenIsRefused(string text) => Assert.Null(SignedToken.Read(Keys, TokenPurpose.Unsubscribe, text, Now));

    [Fact]
    public void ATokenHasOneWayToBeWritten()
    {
        string token = SignedToken.ForUnsubscribing(Keys, Reader);
        string[] others = [.. "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".Select(c => token[..^1] + c)];

        Assert.Equal([token], others.Where(t => SignedToken.Read(Keys, TokenPurpose.Unsubscribe, t, Now) is not null));
    }

    [Fact]
    public void AfterANewKeyOldLinksAreStillGoodAndNewOnesAreSignedWithIt()
    {
        string old = SignedToken.ForUnsubscribing(Keys, Reader);
        TokenKeys rotated = new([Second, First]);
        string young = SignedToken.ForUnsubscribing(rotated, Reader);

        Assert.Equal(Reader, SignedToken.Read(rotated, TokenPurpose.Unsubscribe, old, Now));
        Assert.Equal(Reader, SignedToken.Read(rotated, TokenPurpose.Unsubscribe, young, Now));
        Assert.Equal(Reader, SignedToken.Read(new TokenKeys([Second]), TokenPurpose.Unsubscribe, young, Now));
        Assert.Null(SignedToken.Read(new TokenKeys([Second]), TokenPurpose.Unsubscribe, old, Now));
    }

    [Fact]
    public void AnotherInstallationsTokenIsRefused() =>
        Assert.Null(SignedToken.Read(new TokenKeys([Key(1, 8)]), TokenPurpose.Unsubscribe, SignedToken.ForUnsubscribing(Keys, Reader), Now));

    [Fact]
    public void AKeyIsNeverPrinted() => Assert.Equal("key 1", First.ToString());

    private static (string Token, TokenPurpose Purpose)[] Tokens() =>
    [
        (SignedToken.ForUnsubscribing(Keys, Reader), TokenPurpose.Unsubscribe),
        (SignedToken.Create(Keys, TokenPurpose.Resubscribe, Reader, Now.AddHours(1)), TokenPurpose.Resubscribe),
    ];

    private static TokenKey Key(uint id, byte fill) => new(id, [.. Enumerable.Repeat(fill, 32)]);
}

using Syndication.Subscribers;

namespace Syndication.Tests.Subscribers;

public sealed class ReturnTokenTests
{
    private static readonly Guid Reader = Guid.Parse("3f2504e0-4f89-41d3-9a0c-0305e82c3301");
    private static readonly TokenKey Old = new(1, [.. Enumerable.Repeat((byte)1, 32)]);
    private static readonly TokenKey New = new(2, [.. Enumerable.Repeat((byte)2, 32)]);
    private static readonly TokenKeys Keys = new([Old]);

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(uint.MaxValue)]
    public void ATokenTellsWhoseMailOfWhichEditionCameBack(long edition)
    {
        string token = ReturnToken.Create(Keys, Reader, edition);

        Assert.Equal(new ReturnedMail(Reader, edition), ReturnToken.Read(Keys, token));
        Assert.Equal(ReturnToken.Length, token.Length);
        Assert.All(token, c => Assert.True(char.IsAsciiLetterLower(c) || c is >= '2' and <= '7'));
    }

    [Fact]
    public void TheCaseOfTheLettersDoesNotMatter()
    {
        string token = ReturnToken.Create(Keys, Reader, 7);

        Assert.Equal(new ReturnedMail(Reader, 7), ReturnToken.Read(Keys, token.ToUpperInvariant()));
        Assert.Equal(new ReturnedMail(Reader, 7), ReturnToken.Read(Keys, char.ToUpperInvariant(token[0]) + token[1..]));
    }

    [Fact]
    public void ManyTokensAreAllRead()
    {
        Random random = new(1);
        byte[] uuid = new byte[16];
        for (int i = 0; i < 2000; i++)
        {
            random.NextBytes(uuid);
            ReturnedMail mail = new(new Guid(uuid), random.NextInt64(uint.MaxValue));

            Assert.Equal(mail, ReturnToken.Read(Keys, ReturnToken.Create(Keys, mail.Subscriber, mail.Edition)));
        }
    }

    [Fact]
    public void NoLetterOfATokenCanBeChanged()
    {
        string token = ReturnToken.Create(Keys, Reader, 7);
        for (int at = 0; at < token.Length; at++)
        {
            foreach (char other in "abcdefghijklmnopqrstuvwxyz234567".Where(c => c != token[at]))
            {
                Assert.Null(ReturnToken.Read(Keys, $"{token[..at]}{other}{token[(at + 1)..]}"));
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("1aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("äaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void WhatIsNoTokenIsNone(string text) => Assert.Null(ReturnToken.Read(Keys, text));

    [Fact]
    public void OldKeysAreKnownAndStrangeOnesAreNot()
    {
        string token = ReturnToken.Create(Keys, Reader, 7);

        Assert.NotNull(ReturnToken.Read(new TokenKeys([New, Old]), token));
        Assert.Null(ReturnToken.Read(new TokenKeys([New]), token));
        Assert.NotEqual(token, ReturnToken.Create(new TokenKeys([New, Old]), Reader, 7));
    }
}

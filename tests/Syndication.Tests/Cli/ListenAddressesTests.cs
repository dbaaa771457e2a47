using Syndication.Cli;

namespace Syndication.Tests.Cli;

public sealed class ListenAddressesTests
{
    [Theory]
    [InlineData("http://localhost:5080")]
    [InlineData("HTTP://LocalHost:5080/")]
    [InlineData("http://localhost")]
    [InlineData("http://*:80;https://+:443")]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://[::1]:5080;")]
    [InlineData("http://blog.example.org:5080")]
    [InlineData("http://nas:5080")]
    [InlineData("http://unix:/run/syndication.sock")]
    public void WhatCanBeListenedOnIsRight(string urls) => Assert.Null(ListenAddresses.FirstWrong(urls));

    [Theory]
    [InlineData("nonsense")]
    [InlineData(";")]
    [InlineData("http://")]
    [InlineData("ftp://localhost:5080")]
    [InlineData("http://256.1.1.1:80")]
    [InlineData("http://127.0.0:80")]
    [InlineData("http://1.2.3.4.5:80")]
    [InlineData("http://[::g]:80")]
    [InlineData("http://127.0.0.1:99999")]
    [InlineData("http://localhost:0")]
    [InlineData("http://localhost:5080/blog")]
    [InlineData("http://user@localhost:5080")]
    [InlineData("http://two words:5080")]
    public void WhatCannotBeListenedOnIsTold(string urls) => Assert.Equal(urls, ListenAddresses.FirstWrong(urls));

    [Fact]
    public void TheWrongOneOfSeveralIsNamed() =>
        Assert.Equal("http://300.0.0.1", ListenAddresses.FirstWrong("http://localhost:5080;http://300.0.0.1;nonsense"));
}

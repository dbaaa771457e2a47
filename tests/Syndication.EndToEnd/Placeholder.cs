namespace Syndication.EndToEnd;

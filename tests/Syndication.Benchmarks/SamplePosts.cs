using System.Globalization;
using System.Text;

namespace Syndication.Benchmarks;

/// <summary>
/// Makes posts of 1 to 8 kB with all that posts have: headings, lists, code, links, tables, quotes. The same index gives the same
/// post on every machine.
/// </summary>
internal static class SamplePosts
{
    /// <summary>Posts in each feed while it is measured.</summary>
    public const int InFeed = 20;

    private static readonly DateTimeOffset FirstDate = new(2004, 3, 1, 7, 30, 0, TimeSpan.Zero);
    private static readonly TimeSpan Step = TimeSpan.FromHours(16);

    private static readonly string[] Words =
    (
        "a about across after again all almost along also always and another any are around as at away back be because before began below "
        + "better between both bread bridge bright but by came can careful child city clear close cold colour could country cut day deep did "
        + "different do door down each early earth easy enough even evening ever every example eye far farm feed few field find first five "
        + "follow for form found from garden gave girl give glass go good great green ground group grow had half hand hard harvest has have "
        + "he head hear help her here high hill his hold home hour house how idea if in into is island it just keep kind kitchen know lamp "
        + "land large last late learn leave left letter life light like line list little live long look made make man many map market me "
        + "might mile mind minute moon more morning most mountain move much music must my name near need never new next night no north not "
        + "notebook now number of off often old on once one only open or other our out over own page paper part people place plain plant "
        + "point quiet rain reach read reason river road room round run said same sand saw say school sea season second see seem sentence "
        + "set several she short should show side simple since small snow so some something soon south stand start state still stone story "
        + "street such summer sun table take talk tell than that the their them then there these they thing think this those thought three "
        + "through time to together too took town train travel tree try turn two under until up us use valley very voice walk want warm was "
        + "watch water way we weather week well went were what when where which while white who why wide will wind window winter with "
        + "without wood word work world would write year yellow yesterday you young your"
    ).Split(' ');

    /// <summary>The name of the file, as Jekyll wants it.</summary>
    public static string Name(int index) => $"{Date(index).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}-post-{index}.md";

    /// <summary>Writes so many posts into the folder; returns their size in bytes.</summary>
    public static long Write(string folder, int count)
    {
        Directory.CreateDirectory(folder);
        long size = 0;
        for (int index = 0; index < count; index++)
        {
            byte[] post = Encoding.UTF8.GetBytes(Text(index, $"Post number {index}"));
            File.WriteAllBytes(Path.Join(folder, Name(index)), post);
            size += post.Length;
        }

        return size;
    }

    /// <summary>A post's file; later indexes are newer, and all are in the past.</summary>
    public static string Text(int index, string title)
    {
        Random random = new(index);
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"---\nlayout: post\ntitle: \"{title}: {Phrase(random, 4)}\"\n");
        text.Append(CultureInfo.InvariantCulture, $"date: {Date(index):yyyy-MM-dd HH:mm:ss} +0000\n");
        text.Append(CultureInfo.InvariantCulture, $"tags: [topic{random.Next(40)}, topic{random.Next(40)}, topic{random.Next(40)}]\n");
        text.Append(CultureInfo.InvariantCulture, $"categories: [kind{random.Next(8)}]\n---\n\n");
        int length = 1000 + random.Next(7000);
        Paragraph(text, random);
        while (text.Length < length)
        {
            Block(text, random);
        }

        return text.ToString();
    }

    private static DateTimeOffset Date(int index) => FirstDate + (Step * index);

    private static void Block(StringBuilder text, Random random)
    {
        switch (random.Next(10))
        {
            case 0:
                text.Append(CultureInfo.InvariantCulture, $"## {Phrase(random, 5)}\n\n");
                break;
            case 1:
                for (int item = 0; item < 5; item++)
                {
                    text.Append(CultureInfo.InvariantCulture, $"- {Phrase(random, 9)}\n");
                }

                text.Append('\n');
                break;
            case 2:
                text.Append(CultureInfo.InvariantCulture, $"1. {Phrase(random, 7)}\n2. {Phrase(random, 7)}\n   - {Phrase(random, 5)}\n3. {Phrase(random, 7)}\n\n");
                break;
            case 3:
                text.Append("```csharp\n");
                for (int line = 0; line < 6; line++)
                {
                    text.Append(CultureInfo.InvariantCulture, $"var {Word(random)}{line} = {Word(random)}.Find<{Word(random)}>(x => x < {random.Next(100)} && \"{Word(random)}\" != x.Name);\n");
                }

                text.Append("```\n\n");
                break;
            case 4:
                text.Append(CultureInfo.InvariantCulture, $"| {Word(random)} | {Word(random)} | {Word(random)} |\n|---|:-:|--:|\n");
                for (int row = 0; row < 4; row++)
                {
                    text.Append(CultureInfo.InvariantCulture, $"| {Phrase(random, 3)} | `{Word(random)}` | {random.Next(1000)} |\n");
                }

                text.Append('\n');
                break;
            case 5:
                text.Append(CultureInfo.InvariantCulture, $"> {Phrase(random, 14)}\n> {Phrase(random, 12)}\n\n");
                break;
            case 6:
                text.Append(CultureInfo.InvariantCulture, $"![{Phrase(random, 3)}](/images/{Word(random)}-{random.Next(500)}.jpg)\n\n");
                break;
            default:
                Paragraph(text, random);
                break;
        }
    }

    private static void Paragraph(StringBuilder text, Random random)
    {
        for (int sentence = 0; sentence < 4; sentence++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Phrase(random, 8)} *{Word(random)}* {Word(random)} [{Phrase(random, 2)}](https://example.com/{Word(random)}/{random.Next(900)}), ");
            text.Append(CultureInfo.InvariantCulture, $"{Word(random)} **{Word(random)}** `{Word(random)}` {Word(random)} {Word(random)}.\n");
        }

        text.Append('\n');
    }

    private static string Phrase(Random random, int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Word(random)));

    private static string Word(Random random) => Words[random.Next(Words.Length)];
}

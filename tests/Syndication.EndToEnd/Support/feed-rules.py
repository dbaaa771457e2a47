#!/usr/bin/python3
"""Hold feeds against the rules that validators and readers go by.

usage: feed-rules.py [--except RULE]... FILE...      *.xml (RSS 2.0 or Atom 1.0) and *.json (JSON Feed 1.1)

Prints a line for each thing that is wrong: file, rule, where, what. The rules are those of RSS 2.0 with the RSS Advisory
Board's profile, RFC 4287, RFC 5005, JSON Feed 1.1, and what the W3C's feed validator calls an error or a warning, as far as it
is the feed's doing. HTML is parsed by html5lib in its strict mode. Exits 1 if a line was printed.
"""
import datetime
import email.utils
import json
import re
import sys
import warnings
import xml.etree.ElementTree as tree
from urllib.parse import urlsplit

import html5lib

warnings.simplefilter("ignore")
ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
PREFIXES = {
    "http://www.w3.org/2005/Atom": "atom",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "https://podcastindex.org/namespace/1.0": "podcast",
    "http://search.yahoo.com/mrss/": "media",
    "http://purl.org/syndication/history/1.0": "fh",
    "http://purl.org/syndication/thread/1.0": "thr",
}
ELEMENTS = set(
    "a abbr acronym address area article aside audio b bdi big blockquote br button canvas caption center cite code col colgroup data "
    "dd del details dfn dialog dir div dl dt em fieldset figcaption figure footer font form header h1 h2 h3 h4 h5 h6 hgroup hr i img "
    "input ins kbd label legend li main map mark menu meter nav ol output optgroup option p picture pre progress q rp rt ruby s samp "
    "section select small source span strike strong sub summary sup table tbody td template textarea time tfoot th thead tr track tt "
    "u ul var video noscript wbr".split())
ATTRIBUTES = set(
    "abbr accept accesskey action align allow allowfullscreen alt autoplay axis background bgcolor border bordercolor cellpadding "
    "cellspacing char charoff charset checked cite class clear color cols colspan compact controls coords crossorigin datetime decoding "
    "default dir disabled download draggable enctype face for form frame headers height hidden high href hreflang hspace id itemid "
    "itemprop itemref itemscope itemtype kind label lang list longdesc loop low max maxlength media method min multiple muted name "
    "nohref noshade nowrap open optimum pattern ping placeholder playsinline poster preload readonly referrerpolicy rel required rev "
    "reversed rows rowspan rules scope selected shape size sizes span spellcheck src srclang srcset start step summary tabindex target "
    "title translate type usemap valign value vspace width wrap".split()) - {"controls"}
STYLES = set(
    "azimuth background background-color border border-bottom border-bottom-color border-bottom-style border-bottom-width "
    "border-collapse border-color border-left border-left-color border-left-style border-left-width border-right border-right-color "
    "border-right-style border-right-width border-spacing border-style border-top border-top-color border-top-style border-top-width "
    "border-width clear color cursor direction display float font font-family font-size font-style font-variant font-weight height "
    "letter-spacing line-height list-style-type margin margin-bottom margin-left margin-right margin-top overflow padding "
    "padding-bottom padding-left padding-right padding-top text-align text-decoration text-indent unicode-bidi vertical-align "
    "white-space width".split())
RFC_822 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$")
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")
ADDRESS = re.compile(r"[a-zA-Z][0-9a-zA-Z+.-]*:(//)?[0-9a-zA-Z;/?:@&=+$._!~*'()%,#\[\]-]+$")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$")

found = []


class File:
    def __init__(self, path):
        self.path = path
        with open(path, "rb") as file:
            self.bytes = file.read()

    def wrong(self, rule, where, what):
        found.append(f"{self.path}: {rule}: {where}: {' '.join(str(what).split())[:160]}")

    def address(self, where, value):
        if not value or not ADDRESS.match(value):
            self.wrong("InvalidFullLink", where, value)

    def canonical(self, where, value):
        """An id is to be written as comparing would normalise it (RFC 4287 section 4.2.6.1)."""
        self.address(where, value)
        parts = urlsplit(value or "")
        if parts.scheme in ("http", "https"):
            default = {"http": ":80", "https": ":443"}[parts.scheme]
            if (parts.netloc != parts.netloc.lower() or not parts.path or parts.netloc.endswith(default) or "/./" in parts.path
                    or "/../" in parts.path or re.search("%[0-9a-fA-F]?[a-f]", value) or value[:5] != value[:5].lower()):
                self.wrong("NonCanonicalURI", where, value)

    def plausible(self, where, when):
        now = datetime.datetime.now(datetime.timezone.utc)
        if when.year < 1990 or when > now + datetime.timedelta(minutes=10):
            self.wrong("ImplausibleDate", where, when)

    def rfc822(self, where, value):
        if not RFC_822.match(value or ""):
            self.wrong("ProblematicalRFC822Date", where, value)
            return
        when = email.utils.parsedate_to_datetime(value)
        if when.strftime("%a") != value[:3]:
            self.wrong("IncorrectDOW", where, value)
        self.plausible(where, when)

    def rfc3339(self, where, value):
        if not RFC_3339.match(value or ""):
            self.wrong("InvalidRFC3339Date", where, value)
            return
        self.plausible(where, datetime.datetime.fromisoformat(re.sub(r"\.\d+", "", value).replace("Z", "+00:00")))

    def html(self, where, value, absolute):
        """What would be flagged in HTML content, and what readers strip."""
        try:
            fragment = html5lib.HTMLParser(strict=True).parseFragment(value)
        except html5lib.html5parser.ParseError as error:
            plain = html5lib.HTMLParser()
            plain.parseFragment(value)
            (line, column), code, _ = plain.errors[0]
            text = value.splitlines()[line - 1] if value.splitlines() else ""
            self.wrong("NotHtml", where, f"{code} {error} …{text[max(0, column - 60):column + 20]}")
            return
        for element in fragment.iter():
            if not isinstance(element.tag, str) or element.tag == "DOCUMENT_FRAGMENT":
                continue
            name = element.tag.split("}")[-1]
            if name not in ELEMENTS:
                self.wrong("SecurityRisk", where, name)
            for attribute, text in element.attrib.items():
                if attribute == "style":
                    self.style(where, text)
                elif attribute not in ATTRIBUTES and not str(attribute).startswith("data-"):
                    self.wrong("SecurityRiskAttr", where, f"{name} {attribute}={text}")
                elif absolute and attribute in ("href", "src") and name in ("a", "img") and not re.match(r"\w+:", text):
                    self.wrong("ContainsRelRef", where, f"{name} {attribute}={text}")

    def style(self, where, text):
        if not re.match(r"(\s*[-\w]+\s*:\s*[^:;]*(;|$))*$", text):
            self.wrong("DangerousStyleAttr", where, text)
        for name in re.findall(r"([-\w]+)\s*:", text.lower()):
            if name not in STYLES:
                self.wrong("DangerousStyleAttr", where, text)

    def plain(self, where, value, raw):
        """Text of RSS that readers may take for HTML: its < and & stand as hexadecimal references (RSS profile)."""
        if re.search(r"&#[x0-9]|</?[a-zA-Z]|&\w+;", value) and not raw:
            self.wrong("CharacterData", where, value)

    def unique(self, rule, where, values):
        seen = set()
        for value in values:
            if value in seen:
                self.wrong(rule, where, value)
            seen.add(value)


def text(element, name):
    child = element.find(name)
    return None if child is None else child.text or ""


def check_bytes(file):
    for number, line in enumerate(file.bytes.decode("utf-8").split("\n"), 1):
        for c in line:
            if "\u0080" <= c <= "\u009f" or c == "\ufffd":
                file.wrong("BadCharacters", f"line {number}", repr(c))
    if file.bytes.startswith(b"\xef\xbb\xbf") or b"\r" in file.bytes:
        file.wrong("bytes", "file", "a byte order mark, or line ends other than LF")


def check_xml(file):
    if not file.bytes.startswith(b'<?xml version="1.0" encoding="utf-8"?>'):
        file.wrong("EncodingMismatch", "prolog", file.bytes[:60])
    for prefix, name in re.findall(rb'xmlns:?([\w-]*)="([^"]*)"', file.bytes.split(b"<item>")[0].split(b"<entry")[0]):
        expected = PREFIXES.get(name.decode())
        if expected is None:
            file.wrong("UnknownNamespace", "root", name.decode())
        elif prefix and prefix.decode() != expected:
            file.wrong("AvoidNamespacePrefix", "root", prefix.decode())
    root = tree.fromstring(file.bytes)
    if root.tag == "rss":
        check_rss(file, root)
    elif root.tag == ATOM + "feed":
        check_atom(file, root)
    else:
        file.wrong("UndefinedElement", "root", root.tag)


def check_links(file, links, own_type):
    selves = [link for link in links if link.get("rel") == "self"]
    if len(selves) != 1:
        file.wrong("MissingSelf", "feed", f"{len(selves)} rel=self")
    for link in selves:
        file.address("self", link.get("href"))
        if link.get("type") != own_type:
            file.wrong("SelfNotAtom", "self", link.get("type"))
    pairs = [(link.get("rel", "alternate"), link.get("type"), link.get("hreflang")) for link in links if link.get("rel") != "hub"]
    file.unique("DuplicateAtomLink", "feed", pairs)


def check_history(file, element, links, is_feed):
    rels = {link.get("rel") for link in links}
    archive = element.find("{http://purl.org/syndication/history/1.0}archive") is not None
    if not is_feed and rels & {"prev-archive", "next-archive", "current"}:
        file.wrong("FeedHistoryRelInEntry", "entry", rels)
    if archive and "current" not in rels:
        file.wrong("MissingCurrentInArchive", "feed", rels)


def check_rss(file, root):
    channel = root.find("channel")
    raw = file.bytes.decode("utf-8")
    for name in ("title", "link", "description"):
        if not text(channel, name):
            file.wrong("MissingElement", "channel", name)
    file.address("channel link", text(channel, "link"))
    if text(channel, "language") is not None and not LANGUAGE.match(text(channel, "language")):
        file.wrong("InvalidLanguage", "channel", text(channel, "language"))
    if text(channel, "lastBuildDate") is not None:
        file.rfc822("lastBuildDate", text(channel, "lastBuildDate"))
    links = channel.findall(ATOM + "link")
    check_links(file, links, "application/rss+xml")
    check_history(file, channel, links, True)
    tags = [child.tag for child in channel]
    if "item" in tags and any(tag != "item" for tag in tags[tags.index("item"):]):
        file.wrong("MisplacedItem", "channel", [tag for tag in tags[tags.index("item"):] if tag != "item"][0])
    image = channel.find("image")
    if image is not None and (text(image, "title"), text(image, "link")) != (text(channel, "title"), text(channel, "link")):
        file.wrong("ImageTitleDoesntMatch", "image", text(image, "title"))
    for name in ("title", "description"):
        file.plain(f"channel {name}", text(channel, name) or "", has_references(raw, name))
    items = channel.findall("item")
    file.unique("DuplicateValue", "guid", [text(item, "guid") for item in items])
    for number, item in enumerate(items, 1):
        where = f"item {number} ({text(item, 'link')})"
        check_rss_item(file, where, item, raw)


def has_references(raw, name):
    return bool(re.search(rf"<{name}>[^<]*&#x", raw))


def check_rss_item(file, where, item, raw):
    tags = [child.tag for child in item]
    if not text(item, "title") and not text(item, "description"):
        file.wrong("ItemMustContainTitleOrDescription", where, "neither")
    if "title" in tags and not text(item, "title"):
        file.wrong("NotBlank", where, "title")
    guid = item.find("guid")
    if guid is None or not guid.text:
        file.wrong("MissingGuid", where, "")
    elif guid.get("isPermaLink", "true") == "true":
        file.address(f"{where} guid", guid.text)
    elif re.match(r"\d{1,5}$", guid.text):
        file.wrong("NotSufficientlyUnique", where, guid.text)
    file.address(f"{where} link", text(item, "link"))
    if "pubDate" in tags:
        file.rfc822(f"{where} pubDate", text(item, "pubDate"))
    for name in {"title", "link", "description", "guid", "pubDate", "author", "comments", "enclosure", "source", CONTENT}:
        if tags.count(name) > 1:
            file.wrong("DuplicateElement", where, name)
    if "author" in tags and CREATOR in tags:
        file.wrong("DuplicateItemSemantics", where, "author and dc:creator")
    if CONTENT in tags and "description" in tags and tags.index(CONTENT) < tags.index("description"):
        file.wrong("NeedDescriptionBeforeContent", where, "")
    for name in ("title", "category", CREATOR):
        for element in item.findall(name):
            value = element.text or ""
            if not value.strip():
                file.wrong("NotBlank", where, name)
            shown = value.replace("&", "&#x26;").replace("<", "&#x3C;").replace(">", "&#x3E;")
            file.plain(f"{where} {name}", value, shown != value and shown in raw)
    for enclosure in item.findall("enclosure"):
        file.address(f"{where} enclosure", enclosure.get("url"))
        if not re.match(r"\d+$", enclosure.get("length", "")) or not re.match(r"[\w.+-]+/[\w.+-]+$", enclosure.get("type", "")):
            file.wrong("MissingAttribute", f"{where} enclosure", enclosure.attrib)
    description = text(item, "description")
    if description is not None:
        file.html(f"{where} description", description, absolute=True)
    if CONTENT in tags:
        file.html(f"{where} content:encoded", text(item, CONTENT), absolute=True)


def check_atom(file, root):
    for name in ("title", "id", "updated"):
        if not text(root, ATOM + name):
            file.wrong("MissingElement", "feed", name)
    file.canonical("feed id", text(root, ATOM + "id"))
    file.rfc3339("feed updated", text(root, ATOM + "updated"))
    links = root.findall(ATOM + "link")
    check_links(file, links, "application/atom+xml")
    check_history(file, root, links, True)
    check_language(file, "feed", root)
    tags = [child.tag for child in root]
    if ATOM + "entry" in tags and any(tag != ATOM + "entry" for tag in tags[tags.index(ATOM + "entry"):]):
        file.wrong("MisplacedMetadata", "feed", "after the first entry")
    entries = root.findall(ATOM + "entry")
    file.unique("DuplicateEntries", "id", [text(entry, ATOM + "id") for entry in entries])
    file.unique("DuplicateUpdated", "updated", [text(entry, ATOM + "updated") for entry in entries])
    for number, entry in enumerate(entries, 1):
        where = f"entry {number} ({text(entry, ATOM + 'id')})"
        for name in ("title", "id", "updated"):
            if not text(entry, ATOM + name):
                file.wrong("MissingElement", where, name)
        file.canonical(f"{where} id", text(entry, ATOM + "id"))
        for name in ("updated", "published"):
            if text(entry, ATOM + name) is not None:
                file.rfc3339(f"{where} {name}", text(entry, ATOM + name))
        if root.find(ATOM + "author") is None and entry.find(ATOM + "author") is None:
            file.wrong("MissingElement", where, "author")
        for person in entry.findall(ATOM + "author"):
            check_person(file, where, person)
        if not any(link.get("rel", "alternate") == "alternate" for link in entry.findall(ATOM + "link")):
            file.wrong("MissingContentOrAlternate", where, "")
        check_history(file, entry, entry.findall(ATOM + "link"), False)
        for link in entry.findall(ATOM + "link"):
            file.address(f"{where} link", link.get("href"))
        check_language(file, where, entry)
        content = entry.find(ATOM + "content")
        if content is not None and content.get("type") == "html":
            file.html(f"{where} content", content.text or "", absolute=False)
        if not (content is not None and content.text) and not text(entry, ATOM + "summary"):
            file.wrong("MissingTextualContent", where, "")
    for person in root.findall(ATOM + "author"):
        check_person(file, "feed", person)


def check_person(file, where, person):
    if not text(person, ATOM + "name"):
        file.wrong("NotBlank", where, "author's name")
    if text(person, ATOM + "uri") is not None:
        file.address(f"{where} author uri", text(person, ATOM + "uri"))
    if text(person, ATOM + "email") is not None and not re.match(r"[^@\s]+@[^@\s]+$", text(person, ATOM + "email")):
        file.wrong("InvalidContact", where, text(person, ATOM + "email"))


def check_language(file, where, element):
    language = element.get("{http://www.w3.org/XML/1998/namespace}lang")
    if language is not None and not LANGUAGE.match(language):
        file.wrong("InvalidLanguage", where, language)


def check_json(file):
    feed = json.loads(file.bytes)
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        file.wrong("version", "feed", feed.get("version"))
    if not feed.get("title"):
        file.wrong("required", "feed", "title")
    for name in ("home_page_url", "feed_url"):
        file.address(name, feed.get(name))
    for name in ("next_url", "icon", "favicon"):
        if name in feed:
            file.address(name, feed[name])
    if feed.get("next_url") == feed.get("feed_url"):
        file.wrong("loop", "feed", "next_url")
    if any(key not in FEED_KEYS and not key.startswith("_") for key in feed):
        file.wrong("unknown", "feed", [key for key in feed if key not in FEED_KEYS])
    file.unique("DuplicateEntries", "id", [item.get("id") for item in feed["items"]])
    for number, item in enumerate(feed["items"], 1):
        where = f"item {number} ({item.get('url')})"
        if not isinstance(item.get("id"), str) or not item["id"]:
            file.wrong("required", where, "id")
        if "content_html" not in item and "content_text" not in item:
            file.wrong("required", where, "content")
        for name in ("url", "external_url", "image", "banner_image"):
            if name in item:
                file.address(f"{where} {name}", item[name])
        for name in ("date_published", "date_modified"):
            if name in item:
                file.rfc3339(f"{where} {name}", item[name])
        if any(key not in ITEM_KEYS and not key.startswith("_") for key in item):
            file.wrong("unknown", where, [key for key in item if key not in ITEM_KEYS])
        for attachment in item.get("attachments", []):
            file.address(f"{where} attachment", attachment.get("url"))
            if not attachment.get("mime_type"):
                file.wrong("required", f"{where} attachment", "mime_type")


FEED_KEYS = ("version title home_page_url feed_url description user_comment next_url icon favicon authors language expired hubs items").split()
ITEM_KEYS = (
    "id url external_url title content_html content_text summary image banner_image date_published date_modified authors tags language "
    "attachments").split()

excepted, paths = set(), sys.argv[1:]
while paths[:1] == ["--except"]:
    excepted.add(paths[1])
    paths = paths[2:]
for path in paths:
    one = File(path)
    try:
        check_bytes(one)
        (check_json if path.endswith(".json") else check_xml)(one)
    except (UnicodeDecodeError, tree.ParseError, ValueError) as error:
        one.wrong("SAXError", "file", error)
found = [line for line in found if line.split(": ")[1] not in excepted]
print("\n".join(found), end="\n" if found else "")
sys.exit(1 if found or not paths else 0)

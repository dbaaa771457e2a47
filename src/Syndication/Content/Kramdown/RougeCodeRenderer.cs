using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Syndication.Content.Kramdown;

/// <summary>Code with its line numbers in a table beside it, where the site asks for them and the language, if any, is one that Rouge 3 knows.</summary>
/// <param name="first">The number of the first line.</param>
internal sealed class RougeCodeRenderer(int first) : CodeBlockRenderer
{
    /// <summary>The names and aliases of Rouge's lexers. Code in another language is left without numbers.</summary>
    private static readonly FrozenSet<string> Languages = """
        Dockerfile HAML Isabelle LaTeX OCL R S TeX abap actionscript ada apache apex apib apiblueprint applescript armasm as as3 aug augeas awk bash
        bat batch batchfile bbcbasic behat bib bibtex biml bpf brainfuck brightscript brs bs bsdmake bsl c c# c++ ceylon cfc cfscript cl clean clj
        cljs clojure cmake cmhg cmm coffee coffee-script coffeescript common-lisp common_lisp conf config configuration console coq cpp cr crystal
        cs csharp css csvs cucumber cuda cypher cython d dafny dart datastudio diff digdag django dlang docker dockerfile dosbatch dot e-mail ecl
        eex eiffel elisp elixir elm emacs-lisp email eml epp eps erb erl erlang eruby esc escape ex exs factor fea ff fluent fortran freefem fsharp
        ftl gd gdscript ghc-cmm ghc-core gherkin glsl gnumake go golang gradle graphql groovy hack haml handlebars haskell haxe hbs hcl heex hh hlsl
        hocon hql hs html http hx hy hylang idlang idr idris igorpro ini io irb irb_output isa isabelle isbl j janet java javascript jdn jinja jl js
        jsl json json-doc jsonc jsonnet jsp jsx julia kdb+ kotlin ksh lasso lassoscript latex lean leex lhaskell lhs liquid lisp litcoffee
        literate_coffeescript literate_haskell lithaskell livescript llvm ls lua lustre lutin m m68k magik make makefile markdown mason mathematica
        matlab md meson mf microsoftshell minizinc mkd ml moon moonscript mosel msgtrans msshell mustache mxml nasm nes nesasm nginx nial nim nimrod
        nix nixos obj-c obj-c++ obj-cpp obj_c obj_c++ obj_cpp objc objc++ objcpp objective_c objective_cpp objectivec objectivec++ objectivecpp
        ocaml ocl openedge opentype opentype_feature_file opentypefeature pascal patch perl php php3 php4 php5 pl plist plsql pony posh postscr
        postscript powershell pp praat prolog prometheus properties proto protobuf pry ps puppet py pyrex python pyx q qml r racket rb react
        realbasic reasonml rego rescript rhtml robot robot-framework robot_framework rs rs,ignore rs,no_run rs,should_panic ruby rust rust,ignore
        rust,no_run rust,should_panic s sas sass scala scheme scss sed sh shell shell-session shell_session sieve slice slim smalltalk smarty sml
        solidity sparql sqf sql squeak ssh st stan stata supercollider swift systemd syzlang syzprog tap tcl terminal terraform tex tf toml ts tsx
        ttcn3 tulip turtle twig typescript udiff unit-file vala varnish varnishconf vb vcl velocity verilog vhdl vim viml vimscript visualbasic vue
        vuejs winbatch wl wollok xml xojo xpath xquery yaml yang yml zig zir zsh
        plaintext text
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Code in a table of two cells: its numbers, and itself.</summary>
    public static string Table(string code, int first)
    {
        IEnumerable<string> numbers = Enumerable.Range(first, code.AsSpan().Count('\n') + 1).Select(n => n.ToString(CultureInfo.InvariantCulture));
        return $"<table><tbody><tr><td class=\"gutter\"><pre class=\"lineno\">{string.Join('\n', numbers)}\n</pre></td>"
            + $"<td class=\"code\"><pre>{WebUtility.HtmlEncode(code)}\n</pre></td></tr></tbody></table>";
    }

    protected override void Write(HtmlRenderer renderer, CodeBlock block)
    {
        string? marked = block.TryGetAttributes()?.Classes?.FirstOrDefault(c => c.StartsWith("language-", StringComparison.Ordinal));
        if (marked is not null && !Languages.Contains(marked["language-".Length..]))
        {
            base.Write(renderer, block);
            return;
        }

        renderer.EnsureLine();
        renderer.Write("<pre><code").WriteAttributes(block).Write('>');
        renderer.WriteLine(Table(block.Lines.ToString(), first) + "</code></pre>");
    }
}

package org.pgrehearsal.contracts.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkdownTest {
    private static final Markdown PAGE = Markdown.of("""
            # A page: of `all`
            See [one](a.md#b "title"), [`two`](c.md), ![three](d.svg) and `[no](link.md)`.

            [four]: e.md

            ## Steps {#steps-of-it}
            ```sh {drill:step=restore}
            kubectl get pods # [no](link)
            ```
            - a step:
              ```yaml
              a:
                b: 1
              ```
            ## Steps
            ~~~
            no end
            """);

    @Test
    void findsLinksButNotInCode() {
        assertThat(PAGE.links())
                .containsExactly(
                        new Markdown.Piece(2, "a.md#b"),
                        new Markdown.Piece(2, "c.md"),
                        new Markdown.Piece(2, "d.svg"),
                        new Markdown.Piece(4, "e.md"));
    }

    @Test
    void findsCode() {
        assertThat(PAGE.codes()).extracting(Markdown.Piece::text).containsExactly("all", "two", "[no](link.md)");
    }

    @Test
    void findsBlocksWithTheirLinesAndWithoutTheirIndentation() {
        assertThat(PAGE.blocks())
                .containsExactly(
                        new Markdown.Block(8, "sh", "{drill:step=restore}", "kubectl get pods # [no](link)\n", true),
                        new Markdown.Block(12, "yaml", "", "a:\n  b: 1\n", true),
                        new Markdown.Block(17, "", "", "no end\n", false));
    }

    @Test
    void namesHeadingsAsMkdocsDoes() {
        assertThat(PAGE.anchors()).contains("a-page-of-all", "steps-of-it", "steps", "steps_1");
    }
}

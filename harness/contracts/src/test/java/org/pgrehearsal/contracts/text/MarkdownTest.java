package org.pgrehearsal.contracts.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pgrehearsal.playbook.Block;

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
                        new Block(8, 9, "sh", "{drill:step=restore}", "kubectl get pods # [no](link)\n", true),
                        new Block(12, 14, "yaml", "", "a:\n  b: 1\n", true),
                        new Block(17, 17, "", "", "no end\n", false));
    }

    @Test
    void namesHeadingsAsMkdocsDoes() {
        assertThat(PAGE.anchors()).contains("a-page-of-all", "steps-of-it", "steps", "steps_1");
    }
}

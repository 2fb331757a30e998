package org.pgrehearsal.contracts.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class YamlTest {
    @Test
    void readsAsKubernetesDoes() throws Exception {
        var read = Yaml.mapping("on: yes\ndate: 2026-11-21\ntext: \"1\"\nbase: &b {x: 1}\nmore: *b\n");
        assertThat(read.toString())
                .isEqualTo(
                        "{\"true\":true,\"date\":\"2026-11-21\",\"text\":\"1\",\"base\":{\"x\":1},\"more\":{\"x\":1}}");
    }

    @Test
    void splitsWithoutLosingALine() {
        assertThat(Yaml.split("---\na: 1\n--- # two\nb: 2\n---\n\n---\nc: |\n  ---\n  x\n"))
                .containsExactly("\na: 1\n", "\nb: 2\n", "\nc: |\n  ---\n  x\n");
    }

    @Test
    void aKeyTwiceIsNoYaml() {
        assertThatExceptionOfType(Yaml.Malformed.class)
                .isThrownBy(() -> Yaml.mapping("a: 1\nb: 2\na: 3\n"))
                .withMessageContaining("duplicate key a");
    }

    @Test
    void saysTheLine() {
        assertThatExceptionOfType(Yaml.Malformed.class)
                .isThrownBy(() -> Yaml.documents("a: 1\nb: c: d\n"))
                .withMessageStartingWith("line 2:");
    }
}

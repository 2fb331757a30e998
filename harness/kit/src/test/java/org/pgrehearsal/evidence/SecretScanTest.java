package org.pgrehearsal.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretScanTest {
    private static final String SECRET = "wJalr/XUtn&FEMI+\"K7MDENG~é";
    private static final int PIECE = 1 << 16;

    private final SecretScan scan = new SecretScan(Map.of("store key", SECRET, "password", "correct horse battery"));

    @TempDir
    private Path folder;

    @Test
    void findsNothingWhereNothingIs() throws IOException {
        write("a.log", "wJalr/XUtn and correct horse, but not the whole".getBytes(StandardCharsets.UTF_8));
        write("empty", new byte[0]);

        SecretScan.Result result = scan.scan(folder);

        assertThat(result.hits()).isEmpty();
        assertThat(result.files()).isEqualTo(2);
        assertThat(result.bytes()).isEqualTo(47);
    }

    @Test
    void findsASecretWhereverItLiesAroundTheBorderOfAPiece() throws IOException {
        byte[] secret = SECRET.getBytes(StandardCharsets.UTF_8);
        for (int border = 1; border <= 3; border++) {
            for (int before = 0; before <= secret.length; before++) {
                byte[] content = new byte[4 * PIECE];
                new Random(before).nextBytes(content);
                System.arraycopy(secret, 0, content, border * PIECE - before, secret.length);
                Path file = write("wal.bin", content);

                assertThat(scan.scan(folder).hits())
                        .as("%d bytes before border %d", before, border)
                        .containsExactly(new SecretScan.Hit(file, "store key"));
            }
        }
    }

    @Test
    void findsASecretAtBothEndsOfAFile() throws IOException {
        Path first = write("a", (SECRET + "x".repeat(PIECE)).getBytes(StandardCharsets.UTF_8));
        Path last = write("b", ("x".repeat(PIECE) + SECRET).getBytes(StandardCharsets.UTF_8));

        assertThat(scan.scan(folder).hits())
                .containsExactlyInAnyOrder(
                        new SecretScan.Hit(first, "store key"), new SecretScan.Hit(last, "store key"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "u", "us", "user:", "user-with-name:"})
    void findsBase64WhateverStandsAroundTheSecret(String before) throws IOException {
        byte[] plain = (before + SECRET + " and more").getBytes(StandardCharsets.UTF_8);
        Path standard = write("standard", Base64.getEncoder().encode(plain));
        Path url = write("url", Base64.getUrlEncoder().withoutPadding().encode(plain));

        assertThat(scan.scan(folder).hits()).extracting(SecretScan.Hit::file).containsExactlyInAnyOrder(standard, url);
    }

    @Test
    void findsWhatOtherFormatsMakeOfIt() throws IOException {
        String form = URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
        List<Path> files = List.of(
                write("form", form.getBytes(StandardCharsets.UTF_8)),
                write(
                        "lower",
                        form.replace("%2F", "%2f")
                                .replace("%2B", "%2b")
                                .replace("%C3%A9", "%c3%a9")
                                .replace("%7E", "~")
                                .getBytes(StandardCharsets.UTF_8)),
                write("json", SECRET.replace("\"", "\\\"").getBytes(StandardCharsets.UTF_8)),
                write(
                        "html",
                        SECRET.replace("&", "&amp;").replace("\"", "&quot;").getBytes(StandardCharsets.UTF_8)));

        assertThat(scan.scan(folder).hits())
                .extracting(SecretScan.Hit::file)
                .contains(files.get(0), files.get(2), files.get(3));
    }

    @Test
    void findsOneLineOfAKey() throws IOException {
        String line = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7";
        SecretScan keys = new SecretScan(
                Map.of("key", "-----BEGIN PRIVATE KEY-----\n" + line + "\nshort\n-----END PRIVATE KEY-----\n"));
        Path file = write("a.log", ("read " + line).getBytes(StandardCharsets.UTF_8));
        write("b.log", "-----BEGIN PRIVATE KEY----- short".getBytes(StandardCharsets.UTF_8));

        assertThat(keys.scan(folder).hits()).containsExactly(new SecretScan.Hit(file, "key"));
    }

    @Test
    void looksIntoSubfoldersAndAtNames() throws IOException {
        Path file = write("correct horse battery.log", new byte[0]);
        Path deep = write("a/b/c.log", "correct horse battery".getBytes(StandardCharsets.UTF_8));

        assertThat(scan.scan(folder).hits()).extracting(SecretScan.Hit::file).containsExactlyInAnyOrder(file, deep);
    }

    @Test
    void refusesASecretThatIsTooShortByNameAlone() {
        assertThatThrownBy(() -> new SecretScan(Map.of("short key", "abcde")))
                .hasMessageContaining("short key")
                .hasMessageNotContaining("abcde");
    }

    @Test
    void failsIfItCannotRead() {
        assertThatThrownBy(() -> scan.scan(folder.resolve("none")))
                .isInstanceOf(EvidenceException.class)
                .hasMessageContaining("does not exist");
    }

    private Path write(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }
}

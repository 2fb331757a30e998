package org.pgrehearsal.contracts.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    /** Put together here, so that this file does not look like one that holds a secret. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "AGE-SECRET-,KEY-1QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L",
                "aws_access_key_id=AKIA,IOSFODNN7EXAMPLQ",
                "key: GK,31c2f218a2e44f485b94239e",
                "-----BEGIN PRIVATE, KEY-----\nMC4CAQAwBQYDK2VwBCIEIA",
                "ghp_,0123456789abcdefghijABCDEFGHIJ",
            })
    void knowsKeysByTheirForm(String halves) {
        assertThat(Secrets.in(halves.replace(",", ""))).isNotEmpty();
    }

    @Test
    void saysTheLine() {
        assertThat(Secrets.in("a\nb\nAKIA" + "IOSFODNN7EXAMPLQ\n"))
                .containsExactly(new Secrets.Suspicion(3, "an AWS access key"));
    }

    @Test
    void findsNearlyEveryRandomKey() {
        Random random = new Random(1);
        int found = 0;
        for (int i = 0; i < 1000; i++) {
            byte[] bytes = new byte[30];
            random.nextBytes(bytes);
            found += Secrets.in("key: " + Base64.getEncoder().encodeToString(bytes))
                            .isEmpty()
                    ? 0
                    : 1;
        }
        assertThat(found).isGreaterThan(950);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kubernetes/apps/databases/cnpg-pgdump/app/helmrelease.yaml",
                "sha256:0a6a9e1babf97687732d8b2a3eb79ea95d55246a5257b9433865cb6e755221c0",
                "org.pgrehearsal.contracts.rule.PlaintextSecretsRuleIsALongNameOfAClass",
                "S3_ACCESS_KEY_ID: ENC[AES256_GCM,data:V0abDv41UoYIhh8=,iv:Zpxe7FRTxByB/mrXuni6sOdubmV9OXYQqjy+NJTSTt8=,tag:4DbYU0Wy84Ryv2QAvK5msA==,type:str]",
                "age1clg67ujt7n6vhzs4322uv5y8yrh78dc3dtzvz6vdaz4z8wygaqmqsrc56w",
                "backup/main/20261121-112233F_20261121-112300D/pg_data/PG_VERSION",
            })
    void leavesAloneWhatIsNone(String text) {
        assertThat(Secrets.in(text)).isEmpty();
    }

    @Test
    void knowsFieldsThatHoldASecret() throws Exception {
        assertThat(Secrets.fields(Yaml.mapping("""
                        postgresql:
                          password: hunter2
                          - nothing
                        """.replace("  - nothing\n", ""))))
                .containsExactly("password");
        assertThat(Secrets.fields(Yaml.mapping("""
                        password: ""
                        passwordKey: password
                        secretAccessKey: S3_SECRET_ACCESS_KEY
                        accessKeyId: {name: cnpg-backup-s3, key: S3_ACCESS_KEY_ID}
                        users:
                          - token: ${TOKEN}
                          - password: ENC[AES256_GCM,data:x]
                        """))).isEmpty();
    }
}

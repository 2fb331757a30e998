package org.pgrehearsal.store;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

/** Makes clients that read nothing from the user's own AWS settings, so that a run on one machine is the run on another. */
final class S3Clients {
    private S3Clients() {}

    static S3Client connect(S3Access access) {
        return settings(access).build();
    }

    /** A client that takes a store for dead when it is silent for longer than {@code patience}. */
    static S3Client connect(S3Access access, Duration patience) {
        return settings(access, patience).build();
    }

    /** A client that does not try again: for a first look, whose error is wanted at once. */
    static S3Client connectOnce(S3Access access) {
        return settings(access)
                .overrideConfiguration(
                        quiet().retryStrategy(AwsRetryStrategy.doNotRetry()).build())
                .build();
    }

    static S3ClientBuilder settings(S3Access access) {
        return settings(access, Duration.ofMinutes(1));
    }

    private static S3ClientBuilder settings(S3Access access, Duration patience) {
        var http = UrlConnectionHttpClient.builder()
                .connectionTimeout(Duration.ofSeconds(10))
                .socketTimeout(patience);
        var authority = access.caCertificate();
        if (authority != null) {
            http.tlsTrustManagersProvider(() -> Trust.managers(authority));
        }
        return S3Client.builder()
                .endpointOverride(access.endpoint())
                .region(Region.of(access.region()))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(access.accessKey(), access.secretKey())))
                .httpClientBuilder(http)
                // checksums in trailers are newer than most stores that are not Amazon's
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(true)
                        .chunkedEncodingEnabled(false)
                        .build())
                .overrideConfiguration(quiet().retryStrategy(AwsRetryStrategy.standardRetryStrategy())
                        .build());
    }

    private static ClientOverrideConfiguration.Builder quiet() {
        return ClientOverrideConfiguration.builder()
                .defaultProfileFile(ProfileFile.aggregator().build());
    }
}

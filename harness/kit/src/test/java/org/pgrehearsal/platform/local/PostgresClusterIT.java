package org.pgrehearsal.platform.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.pgrehearsal.platform.Login;
import org.pgrehearsal.system.Rig;

/** A port is free when we look, and taken when the server asks for it. */
class PostgresClusterIT {
    private static final String PASSWORD = "not-a-secret";

    @Test
    void aPortThatWasTakenMeanwhileIsReplacedByAnother() throws Exception {
        try (Rig rig = new Rig();
                ServerSocket taken = listen()) {
            int free = freePort();
            try (PostgresCluster cluster = cluster(
                    rig,
                    List.of(taken.getLocalPort(), taken.getLocalPort(), free).iterator())) {
                cluster.initialise();
                cluster.start(Map.of(), Map.of());

                assertThat(cluster.port()).isEqualTo(free);
                assertThat(cluster.logLines())
                        .noneMatch(line -> line.contains("FATAL") || line.contains("Address already in use"));
            }
        }
    }

    @Test
    void aMachineWithoutAFreePortIsGivenUpWithTheReason() throws Exception {
        try (Rig rig = new Rig();
                ServerSocket taken = listen();
                PostgresCluster cluster = cluster(
                        rig, Stream.generate(taken::getLocalPort).limit(5).iterator())) {
            cluster.initialise();
            cluster.launch(Map.of(), Map.of());

            assertThat(cluster.isAlive()).isFalse();
            assertThat(cluster.whyDead())
                    .hasValueSatisfying(why -> assertThat(why).contains("TCP/IP sockets"));
        }
    }

    private static PostgresCluster cluster(Rig rig, Iterator<Integer> ports) throws IOException {
        PostgresCluster sibling = rig.cluster("sibling");
        return new PostgresCluster(
                sibling.runner(),
                sibling.tools(),
                sibling.home().resolveSibling("tried"),
                new Login(PostgresCluster.USER, PASSWORD, "postgres"),
                false,
                ports::next);
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = listen()) {
            return probe.getLocalPort();
        }
    }

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }
}

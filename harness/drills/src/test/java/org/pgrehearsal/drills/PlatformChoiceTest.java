package org.pgrehearsal.drills;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgrehearsal.system.Capability;

class PlatformChoiceTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"kind-kind", "k3d-drills", "minikube", "docker-desktop", "team-a-test", "admin@lab", "Sandbox"})
    void aClusterForTestsIsKnownByItsName(String context) {
        assertThat(new PlatformChoice.Existing(context).looksLikeOneForTests()).isTrue();
    }

    @Test
    void onlyWhatARunBringsUpIsMadeFromItsOwnTree() {
        assertThat(new PlatformChoice.K3s().lacks()).doesNotContainKey(Capability.GITOPS);
        assertThat(new PlatformChoice.Existing("kind-kind").lacks()).containsKey(Capability.GITOPS);
        assertThat(new PlatformChoice.Local().lacks()).containsKey(Capability.GITOPS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prod",
                "homelab-prod",
                "default",
                "arn:aws:eks:eu-central-1:1:cluster/main",
                "mankind",
                "contest"
            })
    void anyOtherMayHoldWhatIsNeeded(String context) {
        assertThat(new PlatformChoice.Existing(context).looksLikeOneForTests()).isFalse();
    }
}

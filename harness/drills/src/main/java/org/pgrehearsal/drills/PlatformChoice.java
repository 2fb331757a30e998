package org.pgrehearsal.drills;

import java.util.List;
import java.util.Map;
import org.pgrehearsal.course.Size;
import org.pgrehearsal.platform.local.LocalPlatform;
import org.pgrehearsal.system.Capability;
import org.pgrehearsal.system.barman.BarmanCloud;
import org.pgrehearsal.system.cnpg.CnpgBarman;
import org.pgrehearsal.system.dump.PgDump;
import org.pgrehearsal.system.pgbackrest.PgBackRest;

/** Where a run's drills take place. */
public sealed interface PlatformChoice {
    /** Its name in commands. */
    String label();

    /** The backup systems that it has, in the order of the report. */
    List<String> systems();

    /** How much a source does there unless it is told. */
    Size size();

    /** What no system can do there, each with the reason, one sentence. */
    Map<Capability, String> lacks();

    /** Processes on this machine. */
    record Local() implements PlatformChoice {
        private static final List<String> SYSTEMS = List.of(PgBackRest.NAME, BarmanCloud.NAME, PgDump.NAME);

        @Override
        public String label() {
            return LocalPlatform.NAME;
        }

        @Override
        public List<String> systems() {
            return SYSTEMS;
        }

        @Override
        public Size size() {
            return Size.SMALL;
        }

        @Override
        public Map<Capability, String> lacks() {
            return Map.of(Capability.OPERATOR, "no operator looks after processes on this machine");
        }
    }

    /** A Kubernetes of one node in a container that lives for the run, brought up by Flux from this repository. */
    record K3s() implements PlatformChoice {
        @Override
        public String label() {
            return "k3s";
        }

        @Override
        public List<String> systems() {
            return List.of(CnpgBarman.NAME);
        }

        @Override
        public Size size() {
            return Size.TINY;
        }

        @Override
        public Map<Capability, String> lacks() {
            return Map.of();
        }
    }

    /**
     * A Kubernetes cluster that exists, with the operators in it.
     *
     * @param context of the kubeconfig
     */
    record Existing(String context) implements PlatformChoice {
        @Override
        public String label() {
            return "cluster";
        }

        @Override
        public List<String> systems() {
            return List.of(CnpgBarman.NAME);
        }

        @Override
        public Size size() {
            return Size.TINY;
        }

        @Override
        public Map<Capability, String> lacks() {
            return Map.of();
        }
    }
}

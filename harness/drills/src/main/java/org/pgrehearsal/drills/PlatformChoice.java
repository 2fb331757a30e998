package org.pgrehearsal.drills;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.pgrehearsal.course.Size;
import org.pgrehearsal.platform.Program;
import org.pgrehearsal.platform.local.LocalPlatform;
import org.pgrehearsal.system.Capability;
import org.pgrehearsal.system.barman.BarmanCloud;
import org.pgrehearsal.system.chart.PgBackRestChart;
import org.pgrehearsal.system.chart.PgDumpChart;
import org.pgrehearsal.system.cnpg.CnpgBarman;
import org.pgrehearsal.system.cnpg.CnpgPgBackRest;
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

    /** Without which nothing can be run there. */
    Program program();

    /** What no system can do there, each with the reason, one sentence. */
    Map<Capability, String> lacks();

    /** Whether everything is run unless a scenario is named, rather than a representative set. */
    default boolean runsAll() {
        return false;
    }

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
        public Program program() {
            return Program.POSTGRES;
        }

        @Override
        public Map<Capability, String> lacks() {
            return Map.of(
                    Capability.OPERATOR, "no operator looks after processes on this machine",
                    Capability.GITOPS, "nothing makes processes on this machine from Git");
        }
    }

    /** Where an operator looks after the databases. */
    sealed interface OnKubernetes extends PlatformChoice {
        @Override
        default List<String> systems() {
            return List.of(CnpgBarman.NAME, CnpgPgBackRest.NAME, PgDumpChart.NAME, PgBackRestChart.NAME);
        }

        @Override
        default boolean runsAll() {
            return true;
        }

        @Override
        default Size size() {
            return Size.TINY;
        }

        @Override
        default Program program() {
            return Program.KUSTOMIZE;
        }

        @Override
        default Map<Capability, String> lacks() {
            return Map.of();
        }
    }

    /** A Kubernetes of one node in a container that lives for the run, brought up by Flux from this repository. */
    record K3s() implements OnKubernetes {
        @Override
        public String label() {
            return "k3s";
        }
    }

    /**
     * A Kubernetes cluster that exists, with the operators in it.
     *
     * @param context of the kubeconfig
     */
    record Existing(String context) implements OnKubernetes {
        /** What the makers of clusters on a desk call theirs, and what people call those in which nothing is lost. */
        private static final Pattern FOR_TESTS = Pattern.compile(
                "(^|[^a-z])(kind|k3d|k3s|minikube|docker-desktop|rancher-desktop|orbstack|colima|tests?|testing|drills?|lab|sandbox)([^a-z]|$)");

        /** By its name alone, which is all that is known before it is asked. */
        public boolean looksLikeOneForTests() {
            return FOR_TESTS.matcher(context.toLowerCase(Locale.ROOT)).find();
        }

        @Override
        public String label() {
            return "cluster";
        }

        @Override
        public Map<Capability, String> lacks() {
            return Map.of(
                    Capability.GITOPS,
                    "what Flux follows in a cluster that exists is its owner's, and is not pushed to");
        }
    }
}

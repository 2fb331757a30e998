package org.pgrehearsal.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What of a run can be seen from outside: processes, ports, files, shared memory. Looks at all processes of the machine, and touches none. */
final class Traces {
    private static final Pattern COOKIE = Pattern.compile("REHEARSE_COOKIE=([^\0]+)");
    private static final Pattern KEY = Pattern.compile("(?m)^repo1-s3-key-secret=(.+)$");
    private static final int LISTENING = 0x0A;

    private final Path work;
    private final Set<String> cookies = new HashSet<>();
    private final Set<Integer> ports = new HashSet<>();
    private final Set<String> secrets = new HashSet<>();

    /** The traces of runs whose work directories are in {@code work}, which no other run uses. */
    Traces(Path work) {
        this.work = work;
    }

    /** Looks what there is now, to find it again later. */
    void remember(long... roots) throws IOException {
        List<Long> family = new ArrayList<>();
        for (long root : roots) {
            family.add(root);
        }
        processes().keySet().forEach(family::add);
        for (long pid : family) {
            Matcher cookie = COOKIE.matcher(read(pid, "environ"));
            while (cookie.find()) {
                cookies.add(cookie.group(1));
            }
            ports.addAll(listening(pid));
        }
        if (Files.exists(work)) {
            try (Stream<Path> files = Files.find(
                    work, 4, (file, _) -> file.getFileName().toString().endsWith(".conf"))) {
                for (Path file : files.toList()) {
                    Matcher key = KEY.matcher(Files.readString(file));
                    if (key.find()) {
                        secrets.add(key.group(1).strip());
                    }
                }
            } catch (java.io.UncheckedIOException | IOException e) {
                // it goes on changing under our eyes; what we saw is enough
            }
        }
    }

    /** Secret values that were seen in the engines' configurations. */
    Collection<String> secrets() {
        return secrets;
    }

    /** The processes that have to do with the work directory, by id, each with its command. */
    Map<Long, String> processes() throws IOException {
        Map<Long, String> found = new TreeMap<>();
        for (long pid : allProcesses()) {
            String command = read(pid, "cmdline");
            String environment = read(pid, "environ");
            boolean ours = environment.contains(work.toString())
                    || cookies.stream().anyMatch(environment::contains)
                    || inside(pid, "cwd")
                    || command.contains(work + "/rehearse-");
            if (ours && pid != ProcessHandle.current().pid()) {
                found.put(pid, command.replace('\0', ' '));
            }
        }
        return found;
    }

    /** The ports of the run on which somebody still listens. */
    Set<Integer> ports() throws IOException {
        Set<Integer> still = new HashSet<>(ports);
        still.retainAll(listeners().values());
        return still;
    }

    int portsSeen() {
        return ports.size();
    }

    /** What is left in the work directory. */
    List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(work)) {
            return files.toList();
        }
    }

    private boolean inside(long pid, String link) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), link))
                    .toString()
                    .startsWith(work + "/");
        } catch (IOException e) {
            return false;
        }
    }

    private static List<Long> allProcesses() throws IOException {
        try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.chars().allMatch(Character::isDigit))
                    .map(Long::valueOf)
                    .toList();
        }
    }

    private static String read(long pid, String file) {
        try {
            return new String(
                    Files.readAllBytes(Path.of("/proc", Long.toString(pid), file)), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    private static Set<Integer> listening(long pid) throws IOException {
        Map<String, Integer> all = listeners();
        Set<Integer> own = new HashSet<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "fd"))) {
            for (Path descriptor : descriptors) {
                socket(descriptor).map(all::get).ifPresent(own::add);
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            // it has ended
        }
        return own;
    }

    private static Optional<String> socket(Path descriptor) {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            return target.startsWith("socket:[")
                    ? Optional.of(target.substring("socket:[".length(), target.length() - 1))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Ports that somebody listens on, by the inode of the socket (see proc_net_tcp.txt of the kernel). */
    private static Map<String, Integer> listeners() throws IOException {
        Map<String, Integer> found = new TreeMap<>();
        for (String table : List.of("tcp", "tcp6")) {
            for (String line : Files.readAllLines(Path.of("/proc/net", table)).stream()
                    .skip(1)
                    .toList()) {
                String[] fields = line.strip().split("\\s+");
                if (Integer.parseInt(fields[3], 16) == LISTENING) {
                    found.put(fields[9], Integer.parseInt(fields[1].substring(fields[1].indexOf(':') + 1), 16));
                }
            }
        }
        return found;
    }
}

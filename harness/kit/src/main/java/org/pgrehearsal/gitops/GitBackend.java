package org.pgrehearsal.gitops;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.pgrehearsal.process.Command;
import org.pgrehearsal.process.Runner;

/**
 * Git's smart HTTP protocol for the bare repositories of a folder, to read and to push, by {@code git http-backend}: a CGI program (RFC 3875).
 *
 * @param runner       runs it, once for each request
 * @param repositories the folder
 */
record GitBackend(Runner runner, Path repositories) implements HttpHandler {
    static final String PREFIX = "/git/";

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Runner.Piped backend = runner.pipe(Command.of("git", "http-backend").with(environment(exchange)));
            try (OutputStream in = backend.process().getOutputStream()) {
                exchange.getRequestBody().transferTo(in);
            }
            try (InputStream out = new BufferedInputStream(backend.process().getInputStream())) {
                exchange.sendResponseHeaders(head(out, exchange), 0);
                out.transferTo(exchange.getResponseBody());
            }
            runner.finish(backend);
        }
    }

    private Map<String, String> environment(HttpExchange exchange) {
        Map<String, String> variables = new HashMap<>();
        variables.put("GIT_PROJECT_ROOT", repositories.toString());
        variables.put("GIT_HTTP_EXPORT_ALL", "1");
        variables.put("REQUEST_METHOD", exchange.getRequestMethod());
        variables.put("PATH_INFO", exchange.getRequestURI().getPath().substring(PREFIX.length() - 1));
        putIfGiven(variables, "QUERY_STRING", exchange.getRequestURI().getRawQuery());
        putIfGiven(variables, "CONTENT_TYPE", exchange.getRequestHeaders().getFirst("Content-Type"));
        putIfGiven(
                variables, "HTTP_CONTENT_ENCODING", exchange.getRequestHeaders().getFirst("Content-Encoding"));
        putIfGiven(variables, "GIT_PROTOCOL", exchange.getRequestHeaders().getFirst("Git-Protocol"));
        return variables;
    }

    private static void putIfGiven(
            Map<String, String> variables, String name, @org.jspecify.annotations.Nullable String value) {
        if (value != null) {
            variables.put(name, value);
        }
    }

    /** Passes the program's header lines on, and gives the status among them. */
    private static int head(InputStream out, HttpExchange exchange) throws IOException {
        int status = 200;
        for (String line = line(out); !line.isEmpty(); line = line(out)) {
            int colon = line.indexOf(':');
            String value = line.substring(colon + 1).strip();
            if (line.substring(0, colon).equalsIgnoreCase("Status")) {
                status = Integer.parseInt(value.substring(0, 3));
            } else {
                exchange.getResponseHeaders().add(line.substring(0, colon), value);
            }
        }
        return status;
    }

    private static String line(InputStream out) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int read = out.read(); read != -1 && read != '\n'; read = out.read()) {
            line.write(read);
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }
}

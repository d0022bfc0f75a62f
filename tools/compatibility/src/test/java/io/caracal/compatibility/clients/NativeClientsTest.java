/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.compatibility.ChildJvm;
import io.caracal.compatibility.Loopback;
import io.caracal.compatibility.ServerKind;
import io.caracal.compatibility.SharedServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests clients in other languages, from the packages of the operating system. */
@ExtendWith(SharedServers.class)
@Timeout(value = 15, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NativeClientsTest
{
    private static final long TIMEOUT_MS = 240_000;
    /** Where the system's packages put Go libraries. */
    private static final String GO_PATH = "/usr/share/gocode";
    private static final Path PROGRAMS = Path.of("src", "test", "resources", "programs");

    static List<ServerKind> kinds()
    {
        return ServerKind.asked();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldServeKazoo(final ServerKind kind)
    {
        SystemPackages.require("kazoo", "python3 and python3-kazoo", List.of("/usr/bin/python3", "-c",
            "import kazoo.client"));
        run("kazoo", List.of("/usr/bin/python3", PROGRAMS.resolve("kazoo_recipes.py").toString(), member(kind)),
            List.of("nodes", "access lists", "transactions", "watchers", "locks", "election",
                "counters", "queues", "groups", "sessions"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldServeTheCClient(final ServerKind kind)
    {
        final Path binary = directory().resolve("c_client");
        SystemPackages.require("c-client", "gcc and libzookeeper-mt-dev", List.of("/bin/sh", "-c",
            "gcc --version && echo '#include <zookeeper/zookeeper.h>' | gcc -DTHREADED -fsyntax-only -x c -"));

        try (ChildJvm compiler = ChildJvm.startProgram("gcc", List.of("gcc", "-Wall", "-Wextra", "-Werror", "-O1",
            "-DTHREADED", "-o", binary.toString(), PROGRAMS.resolve("c_client.c").toString(), "-lzookeeper_mt",
            "-lpthread")))
        {
            assertEquals(0, compiler.awaitExit(TIMEOUT_MS), compiler::tail);
        }

        run("c-client", List.of(binary.toString(), member(kind)), List.of("nodes", "watches",
            "transactions", "access lists", "many", "sessions"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldServeTheGoClient(final ServerKind kind)
    {
        final Path binary = directory().resolve("go_client");
        SystemPackages.require("go-client", "golang-go and golang-github-samuel-go-zookeeper-dev", List.of("/bin/sh",
            "-c", "go version && test -d " + GO_PATH + "/src/github.com/samuel/go-zookeeper/zk"));

        try (ChildJvm compiler = ChildJvm.startProgram("go", List.of("/usr/bin/env", "GO111MODULE=off", "GOPATH=" +
            GO_PATH, "GOCACHE=" + directory().resolve("go-cache").toAbsolutePath(), "go", "build", "-o",
            binary.toString(), PROGRAMS.resolve("go_client.go").toString())))
        {
            assertEquals(0, compiler.awaitExit(TIMEOUT_MS), compiler::tail);
        }

        run("go-client", List.of(binary.toString(), member(kind)), List.of("nodes", "access lists", "transactions",
            "watches", "locks", "many", "sessions", "words"));
    }

    /**
     * Picks the member for a program. The clients of one program read what the others wrote, so they share a member;
     * programs take turns.
     */
    private static String member(final ServerKind kind)
    {
        return Loopback.text(SharedServers.of(kind).address());
    }

    private static Path directory()
    {
        try
        {
            return Files.createDirectories(Path.of("target", "programs"));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private static void run(final String title, final List<String> command, final List<String> passed)
    {
        try (ChildJvm child = ChildJvm.startProgram(title, command))
        {
            final int code = child.awaitExit(TIMEOUT_MS);
            assertEquals(passed, OwnClassPath.passed(child.output()), child::tail);
            assertEquals(0, code, child::tail);
        }
    }
}

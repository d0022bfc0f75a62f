/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.main;

import io.caracal.server.EnsemblePlan;
import io.caracal.server.news.RoleBoard;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One server of a local ensemble in its own process, started with the Java and the class path of this process. */
final class MemberProcess
{
    /** System property with the id of the process at whose end the server ends as well. */
    static final String PARENT = "caracal.parent";
    /** File to which the server writes its log. */
    static final String LOG = "server.log";

    private static final int LAST_WORDS_MAX = 4096;
    private static final Pattern SERVING = Pattern.compile("serving clients on \\S+ as (\\w+)");

    private final EnsemblePlan.Member member;
    private final Process process;
    private volatile String role = RoleBoard.LOOKING;

    MemberProcess(final EnsemblePlan.Member member, final List<String> jvmFlags, final List<String> settings)
        throws IOException
    {
        this.member = member;
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmFlags);
        command.add("-D" + PARENT + "=" + ProcessHandle.current().pid());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(ServerMain.class.getName());
        command.add("dataDir=" + member.dataDir());
        command.addAll(settings);
        final File log = log().toFile();
        final ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log))
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().remove("ZOOPIDFILE");
        process = builder.start();
    }

    /** Follows the role that the server reports until it ends; calls the listener after each change. */
    void follow(final Consumer<MemberProcess> listener)
    {
        final Thread thread = new Thread(() -> read(listener), "caracal-member-" + member.serverId());
        thread.setDaemon(true);
        thread.start();
    }

    private void read(final Consumer<MemberProcess> listener)
    {
        try (BufferedReader out =
            new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)))
        {
            for (String line = out.readLine(); line != null; line = out.readLine())
            {
                final Matcher matcher = SERVING.matcher(line);
                if (matcher.matches())
                {
                    role = matcher.group(1);
                    listener.accept(this);
                }
            }
        }
        catch (final IOException ex)
        {
            // The output cannot be read any more. Only the end of the process counts, and it is reported below.
        }

        process.onExit().join();
        role = RoleBoard.LOOKING;
        listener.accept(this);
    }

    EnsemblePlan.Member member()
    {
        return member;
    }

    /** The role in which the server last served; looking before it has served and after it has ended. */
    String role()
    {
        return role;
    }

    boolean isServing()
    {
        return !RoleBoard.LOOKING.equals(role);
    }

    Path log()
    {
        return member.dataDir().resolve(LOG);
    }

    /** The last line of the server's log, which says why it ended if it did; empty when there is none. */
    String lastWords()
    {
        try (FileChannel file = FileChannel.open(log()))
        {
            final ByteBuffer end = ByteBuffer.allocate(LAST_WORDS_MAX);
            file.read(end, Math.max(0, file.size() - LAST_WORDS_MAX));
            return StandardCharsets.UTF_8.decode(end.flip()).toString().lines().filter(line -> !line.isBlank())
                .reduce("", (before, last) -> last);
        }
        catch (final IOException ex)
        {
            return "";
        }
    }

    Process process()
    {
        return process;
    }
}

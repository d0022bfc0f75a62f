/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.migrate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.server.Server;
import io.caracal.server.ServerContext;
import io.caracal.shell.FilesMain;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A completed run of a command; also starts servers on what it made. */
record Run(int exitCode, String out, String err)
{
    static Run of(final Object... args)
    {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final ByteArrayOutputStream err = new ByteArrayOutputStream();
        final String[] words = new String[args.length];
        for (int i = 0; i < args.length; i++)
        {
            words[i] = args[i].toString();
        }
        final int exitCode = FilesMain.run(out, err, words);

        return new Run(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    static Run done(final Object... args)
    {
        final Run run = of(args);
        assertEquals(0, run.exitCode, run.out + run.err);

        return run;
    }

    static Server server(final Path dataDir)
    {
        return Server.launch(context(dataDir));
    }

    static ServerContext context(final Path dataDir)
    {
        return new ServerContext().dataDir(dataDir).clientPort(0).clientPortAddress("127.0.0.1")
            .set("maxSessionTimeout", "60000").set("extendedTypesEnabled", "true");
    }
}

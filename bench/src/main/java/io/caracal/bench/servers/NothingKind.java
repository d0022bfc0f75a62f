/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.servers;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The do-nothing server, with the same payload as the znodes of the others: with a shorter one it would have less to
 * send.
 */
public final class NothingKind implements ServerKind
{
    static final String NAME = "nothing";

    private final int payload;

    /**
     * Creates a do-nothing server with znodes of a given size.
     *
     * @param payload bytes of every znode.
     */
    public NothingKind(final int payload)
    {
        this.payload = payload;
    }

    @Override
    public String name()
    {
        return NAME;
    }

    @Override
    public Optional<String> missing()
    {
        return JvmFlags.missing();
    }

    @Override
    public String describe(final boolean forceSync)
    {
        return "do-nothing server, " + (forceSync ?
            "fdatasync of a file written before, one for all writes that waited, before they are answered" :
            "writes are answered at once");
    }

    @Override
    public boolean keepsTree()
    {
        return false;
    }

    @Override
    public List<String> launch(final Path dir, final Path config, final boolean forceSync)
    {
        throw new IllegalStateException("it reads no configuration and forms no ensemble");
    }

    @Override
    public List<String> command(final Path dir, final int port, final boolean forceSync)
    {
        // Caracal has this collector too, so the two differ only in what they do.
        return JavaCommand.of(List.of(JvmFlags.argument(), "-Xmx256m", "-XX:+UseSerialGC"),
            "io.caracal.bench.BenchMain",
            List.of("nothing", "--port", Integer.toString(port), "--payload", Integer.toString(payload), "--file",
                dir.resolve("forced.bin").toString(),
                "--force", forceSync ? "auto" : "none"));
    }
}

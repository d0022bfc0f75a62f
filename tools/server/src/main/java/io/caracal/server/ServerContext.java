/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import io.caracal.journal.disk.FileSystemCalls;
import io.caracal.journal.disk.RealFileSystem;
import io.caracal.server.config.CfgLine;
import io.caracal.server.config.ConfigException;
import io.caracal.server.config.Origin;
import io.caracal.server.config.ServerProperty;
import io.caracal.server.config.Settings;
import io.caracal.server.config.ZooCfg;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Collectors;

/**
 * Configures a server by the keys of zoo.cfg, from setters or from a file. Setters override the file, and the file
 * overrides {@code -Dzookeeper.X} properties. One context makes one server. The setters do not check values;
 * {@link Server#launch} checks all of them at once. Not thread-safe.
 */
public final class ServerContext
{
    private final List<CfgLine> arguments = new ArrayList<>();
    private ZooCfg file;
    private Path path;
    private FileSystemCalls fileSystem = new RealFileSystem();
    private ThreadFactory threads = Thread::new;
    private boolean isProcess;
    private Settings settings;

    /**
     * Sets the directory in which the server keeps its data, in the folder {@code caracal-1}.
     *
     * @param directory created when it is missing.
     * @return this.
     */
    public ServerContext dataDir(final Path directory)
    {
        return set(ServerProperty.DATA_DIR.key(), directory.toAbsolutePath().toString());
    }

    /**
     * Sets the client port.
     *
     * @param port 0 to 65535; 0 takes a free port, which {@link Server#connectString()} returns.
     * @return this.
     */
    public ServerContext clientPort(final int port)
    {
        return set(ServerProperty.CLIENT_PORT.key(), Integer.toString(port));
    }

    /**
     * Sets the address of the client port; all addresses by default.
     *
     * @param address a name or an address.
     * @return this.
     */
    public ServerContext clientPortAddress(final String address)
    {
        return set(ServerProperty.CLIENT_PORT_ADDRESS.key(), address);
    }

    /**
     * Sets any key of zoo.cfg. If a key is set twice, the last value counts.
     *
     * @param key   as in {@code caracal config --explain}.
     * @param value as it would stand in the file; spaces around it are ignored.
     * @return this.
     */
    public ServerContext set(final String key, final String value)
    {
        arguments.add(new CfgLine(key, value.trim(), "argument " + key, Origin.ARGUMENT));
        return this;
    }

    /**
     * Reads a configuration file.
     *
     * @param path of the file.
     * @return this.
     * @throws ConfigException when it cannot be read.
     */
    public ServerContext file(final Path path)
    {
        file = ZooCfg.read(path);
        this.path = path;
        return this;
    }

    /**
     * Sets the file system calls with which the log, the snapshots and the epochs are written. Tests use it to inject a
     * slow, full or broken disk. Default: the real calls.
     *
     * @param calls used by the journal's threads.
     * @return this.
     */
    public ServerContext fileSystem(final FileSystemCalls calls)
    {
        fileSystem = calls;
        return this;
    }

    /**
     * Says that the server runs as its own process. What people expect of such a process, such as the admin server, is
     * then enabled unless it is switched off.
     *
     * @return this.
     */
    public ServerContext process()
    {
        isProcess = true;
        return this;
    }

    boolean isProcess()
    {
        return isProcess;
    }

    /** Returns the configuration file; null when there is none. */
    Path file()
    {
        return path;
    }

    /** Returns what the configuration file sets, without secrets; null when there is no file. */
    String fileText()
    {
        return file == null ? null : file.lines().stream().map(CfgLine::shown).collect(Collectors.joining("\n"));
    }

    /** Sets what makes the threads of the server. Tests use it to inject a lack of threads. */
    ServerContext threads(final ThreadFactory factory)
    {
        threads = factory;
        return this;
    }

    ThreadFactory threads()
    {
        return threads;
    }

    FileSystemCalls fileSystem()
    {
        return fileSystem;
    }

    /**
     * Reads the configuration file again.
     *
     * @return the settings that follow from it and from the same arguments as before.
     * @throws ConfigException when there is no file, or a server would not start with it.
     */
    Settings reread()
    {
        if (path == null)
        {
            throw new ConfigException("the server was started without a configuration file: there is nothing to read");
        }

        final Settings fresh = Settings.resolve(arguments, ZooCfg.read(path), System.getProperties());
        fresh.requireStartable();
        return fresh;
    }

    /**
     * Resolves the settings, once.
     *
     * @return the settings.
     * @throws ConfigException when a server does not start with them.
     */
    public Settings conclude()
    {
        if (settings == null)
        {
            final Settings resolved = Settings.resolve(arguments, file, System.getProperties());
            resolved.requireStartable();
            if (resolved.text(ServerProperty.DATA_DIR) == null)
            {
                throw new ConfigException(
                    (file == null ? "" : file.name() + ": ") + "dataDir is not set; write dataDir=/path");
            }

            settings = resolved;
        }

        return settings;
    }
}

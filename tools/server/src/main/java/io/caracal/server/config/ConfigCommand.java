/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.config;

import io.caracal.server.console.EmptyArgument;
import io.caracal.server.console.Results;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** Implements {@code caracal config}: checks a configuration file, or explains every key. */
public final class ConfigCommand
{
    private static final String USAGE = """
        usage: caracal config --check FILE        judge a configuration file; exit 2 when something is wrong with it
               caracal config --explain [FILE]    every key: value, default, source, meaning""";

    private final PrintStream out;
    private final PrintStream err;
    private final Properties systemProperties;

    /**
     * Creates a command that prints to the given streams.
     *
     * @param out              for results.
     * @param err              for errors.
     * @param systemProperties of the JVM.
     */
    public ConfigCommand(final PrintStream out, final PrintStream err, final Properties systemProperties)
    {
        this.out = out;
        this.err = err;
        this.systemProperties = systemProperties;
    }

    /**
     * Runs the command and ends the process.
     *
     * @param args of the command line.
     */
    public static void main(final String[] args)
    {
        Results.end(out -> new ConfigCommand(out, System.err, System.getProperties()).run(args));
    }

    /**
     * Runs the command.
     *
     * @param args of the command line.
     * @return exit code: 0, or 2 when the file or the command line is wrong.
     */
    public int run(final String... args)
    {
        final String verb = args.length == 0 ? "" : args[0];
        if (EmptyArgument.isAmong(args))
        {
            err.println(EmptyArgument.MESSAGE + "\n" + USAGE);
            return 2;
        }

        try
        {
            if ("--check".equals(verb) && args.length == 2)
            {
                return check(ZooCfg.read(Path.of(args[1])));
            }

            if ("--explain".equals(verb) && args.length <= 2)
            {
                explain(args.length == 2 ? ZooCfg.read(Path.of(args[1])) : null);
                return 0;
            }

            if ("-h".equals(verb) || "--help".equals(verb))
            {
                out.println(USAGE);
                return 0;
            }
        }
        catch (final ConfigException ex)
        {
            err.println(ex.getMessage());
            return 2;
        }
        catch (final InvalidPathException ex)
        {
            err.println(Printable.of(args[1]) + " is not a path in the locale of this process: " + ex.getReason() +
                "; rename the file, or set LANG");
            return 2;
        }

        err.println(USAGE);
        return 2;
    }

    private int check(final ZooCfg file)
    {
        final Settings settings = Settings.resolve(List.of(), file, new Properties());
        settings.findings().forEach(finding -> out.println(finding.severity() + " " + finding));
        if (!settings.isSet(ServerProperty.DATA_DIR))
        {
            out.println(
                "WARN " + file.name() + ": dataDir is not set; write dataDir=/path, unless each start gets it " +
                    "as an argument");
        }

        final boolean isRefused = settings.findings().stream()
            .anyMatch(finding -> finding.severity() == Finding.Severity.REFUSE);
        final long unknown = file.lines().stream().filter(line -> KnownKeys.of(line.key()) == null).count();
        if (isRefused || unknown > 0)
        {
            err.println(file.name() + ": " +
                (isRefused ? "a server does not start with this file" : "the file has unknown keys: " + unknown));
            return 2;
        }

        out.println(file.name() + ": good");
        return 0;
    }

    private void explain(final ZooCfg file)
    {
        final Settings settings = Settings.resolve(List.of(), file, systemProperties);
        for (final KnownKey known : KnownKeys.all())
        {
            final CfgLine line = known.isPattern() ? null : settings.lines().get(known.key());
            final String value = line != null ? line.value() : known.isPattern() ? null : known.defaultValue();
            print(known.key(), value, known, line == null ? "default" : line.where(), settings);
        }

        for (final CfgLine line : settings.lines().values())
        {
            final KnownKey known = KnownKeys.of(line.key());
            if (known == null)
            {
                out.println(line.shown() + "\n    source: " + line.where() +
                    "\n    unknown key");
            }
            else if (known.isPattern())
            {
                print(line.key(), line.value(), known, line.where(), settings);
            }
        }
    }

    private void print(final String key, final String value, final KnownKey known, final String source,
        final Settings settings)
    {
        final ServerProperty property = KnownKeys.property(known);
        final String shown = value != null && known.isSecret() ? "***" : value;
        out.println(Printable.of(key + (shown == null ? " (not set)" : "=" + shown)));
        out.println("    default: " + (known.defaultValue() == null ? "none" : known.defaultValue()) + ", source: " +
            source + ", must be: " + known.expectation() + (known.reaction() != Reaction.HONOURED ? "" :
                property.isReloadable() ? ", changes with a reload" : ", changes with a restart"));
        out.println("    " + known.reaction().label() + ": " + known.meaning());
        KeyNeed.of(property).forEach(need -> out.println("    takes effect only with " + need.text() + (need.isMet()
            .test(settings) ? "" : ": not now")));
    }
}

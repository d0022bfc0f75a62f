/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The values of all keys of one server. Each value comes from the first source that has it: argument, zoo.cfg, system
 * property, default. Immutable.
 */
public final class Settings
{
    private final Map<String, CfgLine> winners;
    private final List<Finding> findings;

    private Settings(final Map<String, CfgLine> winners, final List<Finding> findings)
    {
        this.winners = winners;
        this.findings = findings;
    }

    /**
     * Resolves the values. Throws nothing: problems are among the findings.
     *
     * @param arguments        lines of origin {@link Origin#ARGUMENT}; the last line of a key wins.
     * @param file             zoo.cfg, or null when there is none.
     * @param systemProperties of the JVM.
     * @return the settings.
     */
    public static Settings resolve(
        final Collection<CfgLine> arguments, final ZooCfg file, final Properties systemProperties)
    {
        final List<CfgLine> lines = new ArrayList<>(systemLines(systemProperties));
        final List<Finding> findings = new ArrayList<>();
        if (file != null)
        {
            lines.addAll(file.lines());
            findings.addAll(file.findings());
        }

        lines.addAll(arguments);
        final Map<String, CfgLine> winners = new TreeMap<>();
        for (final CfgLine line : lines)
        {
            final CfgLine earlier = winners.put(line.key(), line);
            if (earlier != null && earlier.origin() == Origin.FILE && line.origin() == Origin.FILE)
            {
                findings.add(doubled(line, earlier));
            }
        }

        final Settings settings = new Settings(Collections.unmodifiableMap(winners), findings);
        findings.addAll(SettingsCheck.findings(settings,
            lines.stream().filter(line -> line.equals(winners.get(line.key()))).distinct().toList()));
        findings.sort(Comparator.comparing(Finding::severity).reversed());
        return settings;
    }

    private static Finding doubled(final CfgLine line, final CfgLine earlier)
    {
        final boolean isServer = KnownKeys.property(line.key()) == ServerProperty.SERVERS;
        return isServer ? new Finding(Finding.Severity.REFUSE, line.where(),
            line.key() + " is there a second time, the first is " + earlier.where() + "; leave one of them") :
            new Finding(
                Finding.Severity.WARN, line.where(),
                line.key() + " is set a second time; this value wins over " + earlier.where());
    }

    private static List<CfgLine> systemLines(final Properties properties)
    {
        final Map<String, CfgLine> lines = new TreeMap<>();
        for (final String name : properties.stringPropertyNames())
        {
            final String key = systemKey(name);
            if (key != null && (!lines.containsKey(key) || name.startsWith(ServerProperty.PREFIX)))
            {
                lines.put(key,
                    new CfgLine(key, properties.getProperty(name).trim(), "-D" + name, Origin.SYSTEM_PROPERTY));
            }
        }

        return List.copyOf(lines.values());
    }

    private static String systemKey(final String name)
    {
        if (name.startsWith(ServerProperty.PREFIX))
        {
            return name.substring(ServerProperty.PREFIX.length());
        }

        final KnownKey known = KnownKeys.of(name);
        return known != null && KnownKeys.isUnprefixed(known) ? name : null;
    }

    /**
     * What a person should know about these settings.
     *
     * @return findings, the most severe first; possibly none.
     */
    public List<Finding> findings()
    {
        return List.copyOf(findings);
    }

    /**
     * Checks that a server can start with these values.
     *
     * @throws ConfigException naming everything that must be changed first.
     */
    public void requireStartable()
    {
        final List<String> refusals = findings.stream()
            .filter(finding -> finding.severity() == Finding.Severity.REFUSE).map(Finding::toString).toList();
        if (!refusals.isEmpty())
        {
            throw new ConfigException(String.join(System.lineSeparator(), refusals));
        }
    }

    /** Returns the line in force for a key, which may be its default. */
    CfgLine line(final ServerProperty property)
    {
        final CfgLine line = winners.get(property.key());
        return line != null ? line : new CfgLine(property.key(), text(property), "default", Origin.DEFAULT);
    }

    /**
     * Whether a key is set.
     *
     * @param property of the key.
     * @return false when the default holds.
     */
    public boolean isSet(final ServerProperty property)
    {
        return winners.containsKey(property.key());
    }

    /**
     * Where the value of a key comes from.
     *
     * @param property of the key.
     * @return its origin.
     */
    public Origin origin(final ServerProperty property)
    {
        final CfgLine line = winners.get(property.key());
        return line == null ? Origin.DEFAULT : line.origin();
    }

    /**
     * Value of a key.
     *
     * @param property of the key.
     * @return the value or its default, null when there is neither.
     */
    public String text(final ServerProperty property)
    {
        final CfgLine line = winners.get(property.key());
        return line == null ? property.defaultValue() : line.value();
    }

    /**
     * Value of a boolean key.
     *
     * @param property of the key.
     * @return true for {@code true} and {@code yes}.
     */
    public boolean flag(final ServerProperty property)
    {
        final String value = text(property);
        return "true".equalsIgnoreCase(value) || "yes".equalsIgnoreCase(value);
    }

    /**
     * Value of a key with a whole number.
     *
     * @param property of the key, with a default.
     * @return the number.
     */
    public int integer(final ServerProperty property)
    {
        return Math.toIntExact(ValueRule.wholeNumber(text(property)));
    }

    /**
     * Value of a key with a limit. ZooKeeper takes every number below 1 for no limit.
     *
     * @param property of the key, with a default.
     * @return the limit, 0 for none.
     */
    public int limit(final ServerProperty property)
    {
        return Math.max(0, integer(property));
    }

    /**
     * Value of a key with a whole number that may be large.
     *
     * @param property of the key, with a default.
     * @return the number.
     */
    public long number(final ServerProperty property)
    {
        return ValueRule.wholeNumber(text(property));
    }

    /**
     * Value of a key with a decimal number.
     *
     * @param property of the key, with a default.
     * @return the number.
     */
    public double decimal(final ServerProperty property)
    {
        return Double.parseDouble(text(property));
    }

    /**
     * Value of a key with a comma-separated list.
     *
     * @param property of the key.
     * @return the parts without surrounding blanks; none when the key is not set.
     */
    public List<String> list(final ServerProperty property)
    {
        final String value = text(property);
        return value == null ? List.of() : Arrays.stream(value.split(",", -1)).map(String::trim).filter(part -> !part
            .isEmpty()).toList();
    }

    /**
     * Values of a key with a number in its name.
     *
     * @param pattern property whose key ends with {@code .N}.
     * @return the lines by number.
     */
    public Map<Long, CfgLine> numbered(final ServerProperty pattern)
    {
        final Map<Long, CfgLine> result = new TreeMap<>();
        final int stemLength = pattern.key().length() - 1;
        for (final CfgLine line : winners.values())
        {
            if (KnownKeys.property(line.key()) == pattern)
            {
                result.put(Long.valueOf(line.key().substring(stemLength)), line);
            }
        }

        return result;
    }

    /**
     * Combines these settings with what another reading of the configuration may change while a server runs. The
     * shortest session time-out changes only with a restart. If the new longest time-out would be less than that, it
     * has to wait for the restart as well.
     *
     * @param fresh the other reading.
     * @return new settings: reloadable keys as in {@code fresh}, all others as here.
     */
    public Settings takingOver(final Settings fresh)
    {
        final Settings next = merge(fresh, Settings::isReloadable);
        return next.minSessionTimeoutMs() <= next.maxSessionTimeoutMs() ? next :
            merge(fresh, key -> isReloadable(key) && !ServerProperty.MAX_SESSION_TIMEOUT.key().equals(key));
    }

    private Settings merge(final Settings fresh, final Predicate<String> isFresh)
    {
        final Map<String, CfgLine> merged = new TreeMap<>();
        winners.values().stream().filter(line -> !isFresh.test(line.key())).forEach(line -> merged.put(line.key(),
            line));
        fresh.winners.values().stream().filter(line -> isFresh.test(line.key())).forEach(line -> merged.put(line.key(),
            line));
        return new Settings(Collections.unmodifiableMap(merged), fresh.findings);
    }

    private static boolean isReloadable(final String key)
    {
        final ServerProperty property = KnownKeys.property(key);
        return property != null && property.isReloadable();
    }

    /**
     * All lines that are set, by key.
     *
     * @return the winning lines.
     */
    public Map<String, CfgLine> lines()
    {
        return new LinkedHashMap<>(winners);
    }

    /**
     * The port for clients: the key clientPort, else the client port of the server's own line, else the default.
     *
     * @param own line of this server, null when it has none.
     * @return the port, 0 for a free one.
     */
    public int clientPort(final ServerLine own)
    {
        return own != null && own.clientPort() >= 0 && !isSet(ServerProperty.CLIENT_PORT) ? own.clientPort() :
            integer(ServerProperty.CLIENT_PORT);
    }

    /**
     * The address of the client port.
     *
     * @param own line of this server, null when it has none.
     * @return a name or an address, null for all addresses.
     */
    public String clientAddress(final ServerLine own)
    {
        return own != null && own.clientPort() >= 0 && !isSet(ServerProperty.CLIENT_PORT_ADDRESS) ?
            own.clientAddress() : text(ServerProperty.CLIENT_PORT_ADDRESS);
    }

    /**
     * The directory of snapshots.
     *
     * @return value of dataDir.
     */
    public Path dataDir()
    {
        return Path.of(text(ServerProperty.DATA_DIR));
    }

    /**
     * The directory of the transaction log.
     *
     * @return value of dataLogDir, or of dataDir.
     */
    public Path dataLogDir()
    {
        return isSet(ServerProperty.DATA_LOG_DIR) ? Path.of(text(ServerProperty.DATA_LOG_DIR)) : dataDir();
    }

    /**
     * The shortest session time-out.
     *
     * @return milliseconds.
     */
    public int minSessionTimeoutMs()
    {
        final int value = integer(ServerProperty.MIN_SESSION_TIMEOUT);
        return value == -1 ? Math.multiplyExact(2, integer(ServerProperty.TICK_TIME)) : value;
    }

    /**
     * The longest session time-out.
     *
     * @return milliseconds.
     */
    public int maxSessionTimeoutMs()
    {
        final int value = integer(ServerProperty.MAX_SESSION_TIMEOUT);
        return value == -1 ? Math.multiplyExact(20, integer(ServerProperty.TICK_TIME)) : value;
    }
}

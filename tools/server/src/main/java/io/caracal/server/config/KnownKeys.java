/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.config;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** All keys that the server knows, from all lists. */
final class KnownKeys
{
    /** Keys that are also read from system properties without the prefix. */
    private static final Set<String> UNPREFIXED = Set.of("jute.maxbuffer", "readonlymode.enabled",
        "znode.container.checkIntervalMs", "znode.container.maxPerMinute", "znode.container.maxNeverUsedIntervalMs",
        "java.security.auth.login.config", "follower.nodelay", "leader.nodelay", "fsync.warningthresholdms");

    private static final List<KnownKey> ALL = Stream.of(Stream.of(ServerProperty.values()).map(ServerProperty::known),
        KeysRefused.ALL.stream(), KeysNotAvailable.ALL.stream(), KeysNotNeeded.ALL.stream()).flatMap(keys -> keys)
        .toList();
    private static final Map<String, KnownKey> BY_KEY = new HashMap<>();
    private static final Map<KnownKey, ServerProperty> PROPERTIES = new HashMap<>();

    static
    {
        ALL.forEach(known -> BY_KEY.put(known.key(), known));
        for (final ServerProperty property : ServerProperty.values())
        {
            PROPERTIES.put(property.known(), property);
        }
    }

    private KnownKeys()
    {
    }

    /**
     * Returns all keys: first those that the server reads, by subject, then those that it refuses, lacks, or does not
     * need.
     */
    static List<KnownKey> all()
    {
        return ALL;
    }

    /** Returns the entry of a key as written in zoo.cfg, or null when it is unknown. */
    static KnownKey of(final String key)
    {
        final KnownKey exact = BY_KEY.get(key);
        return exact != null && !exact.isPattern() ? exact : ALL.stream().filter(known -> known.matches(key))
            .max(Comparator.comparingInt(known -> known.key().length())).orElse(null);
    }

    /** Returns the property of a key as written in zoo.cfg, or null when the server does not read it. */
    static ServerProperty property(final String key)
    {
        return property(of(key));
    }

    /** Returns the property of an entry, or null when the server does not read the key or there is no entry. */
    static ServerProperty property(final KnownKey known)
    {
        return known == null ? null : PROPERTIES.get(known);
    }

    static boolean isUnprefixed(final KnownKey known)
    {
        return UNPREFIXED.contains(known.key());
    }
}

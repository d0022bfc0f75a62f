/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.main;

import io.caracal.server.EnsemblePlan;
import io.caracal.server.config.MetricsProvider;
import io.caracal.server.config.ServerProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The settings of each member of {@code caracal ensemble}: the same for all of them, except for the HTTP ports, which
 * count up from member to member as the client ports do. Without a setting that asks for them, these stay closed.
 */
final class MemberSettings
{
    private static final String ANY_PORT = "0";

    private final List<String> common = new ArrayList<>();
    private final List<String> asked;
    private final boolean hasAdmin;
    private final boolean hasMetrics;

    /**
     * Takes the settings of the command line.
     *
     * @param plan  of the ensemble.
     * @param asked {@code key=value} pairs for every member; the last one of a key counts.
     */
    MemberSettings(final EnsemblePlan plan, final List<String> asked)
    {
        final boolean namesAdmin = asked.stream().anyMatch(setting -> setting.startsWith("admin."));
        this.asked = asked;
        this.hasAdmin = namesAdmin && !asked(ServerProperty.ADMIN_ENABLE).equals(Optional.of("false"));
        this.hasMetrics = asked(ServerProperty.METRICS_HTTP_PORT).isPresent() ||
            asked(ServerProperty.METRICS_PROVIDER).equals(Optional.of(MetricsProvider.PROMETHEUS));
        common.add("4lw.commands.whitelist=*");
        plan.members().forEach(member -> common.add(member.key() + "=" + member.line()));
        if (!namesAdmin)
        {
            common.add(ServerProperty.ADMIN_ENABLE.key() + "=false");
        }
    }

    /** The arguments with which a member is started. */
    List<String> of(final EnsemblePlan.Member member)
    {
        final List<String> settings = new ArrayList<>(common);
        settings.addAll(asked);
        if (hasAdmin)
        {
            settings.add(ServerProperty.ADMIN_PORT.key() + "=" + port(ServerProperty.ADMIN_PORT, member));
        }
        if (hasMetrics)
        {
            settings.add(ServerProperty.METRICS_HTTP_PORT.key() + "=" + port(ServerProperty.METRICS_HTTP_PORT, member));
        }

        return settings;
    }

    /** The port of a member's dashboard, when it has one and it is known before the member's start. */
    Optional<String> adminPort(final EnsemblePlan.Member member)
    {
        return Optional.of(port(ServerProperty.ADMIN_PORT, member)).filter(port -> hasAdmin && !ANY_PORT.equals(port));
    }

    /** What is no number is left as it is: the member refuses it with the reason. */
    private String port(final ServerProperty key, final EnsemblePlan.Member member)
    {
        final String first = asked(key).orElse(key.defaultValue());
        return ANY_PORT.equals(first) || !first.matches("\\d{1,5}") ? first :
            Long.toString(Long.parseLong(first) + member.serverId() - 1);
    }

    private Optional<String> asked(final ServerProperty key)
    {
        final String start = key.key() + "=";
        return asked.stream().filter(setting -> setting.startsWith(start))
            .map(setting -> setting.substring(start.length())).reduce((before, last) -> last);
    }
}

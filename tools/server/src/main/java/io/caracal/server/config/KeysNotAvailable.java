/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.config;

import static io.caracal.server.config.ValueRule.atLeast;
import static io.caracal.server.config.ValueRule.flag;
import static io.caracal.server.config.ValueRule.port;
import static io.caracal.server.config.ValueRule.text;

import java.util.List;

/** Keys of features that Caracal does not have yet, with what is missing. */
final class KeysNotAvailable
{
    static final List<KnownKey> ALL = List.of(
        // time and sessions
        key("localSessionsEnabled", flag(), "false", "local sessions"),
        key("localSessionsUpgradingEnabled", flag(), "false", "upgrade of local sessions"),

        // limits
        key("request_throttle_max_requests", atLeast(0), "0", "request throttler"),
        key("throttled_op_wait_time", atLeast(0), "0", "refusing requests that waited too long (error -127)"),

        // who may do what
        key("IPAuthenticationProvider.usexforwardedfor", flag(), "false", "the ip scheme behind an HTTP proxy"),
        key("X509AuthenticationProvider.superUser", text(), null, "super user by certificate"),
        key("sasl.serverconfig", text(), "Server", "SASL"),
        key("superUser", text(), null, "super user by SASL"),
        key("superUser.N", text(), null, "super users by SASL"),
        key("SASLAuthenticationProvider.superPassword", text(), null, "super user by SASL"),
        key("letAnySaslUserDoX", text(), null, "SASL"),
        key("allowSaslFailedClients", flag(), "false", "SASL"),
        key("kerberos.*", text(), null, "Kerberos"),
        key("jaasLoginRenew", text(), null, "Kerberos"),
        key("security.auth_to_local", text(), "DEFAULT", "Kerberos"),
        key("java.security.auth.login.config", text(), null, "JAAS file of SASL"),

        // disk
        key("snapshot.compression.method", text(), null, "compressed snapshots"),

        // ensemble
        key("reconfigEnabled", flag(), "false", "changing the ensemble while it runs"),
        key("observerMasterPort", port(), null, "observers hosted by followers"),
        key("multiAddress.enabled", flag(), "false", "several addresses of one server"),

        // looking at a server
        key("admin.*", text(), null, "this setting of the HTTP admin server"),
        key("metricsProvider.*", text(), null, "this setting of metrics over HTTP"),
        key("audit.impl.class", text(), "org.apache.zookeeper.audit.Slf4jAuditLogger",
            "an audit log by a class of one's own; its lines go to SLF4J"));

    private KeysNotAvailable()
    {
    }

    private static KnownKey key(final String key, final ValueRule rule, final String defaultValue, final String meaning)
    {
        return new KnownKey(key, rule, defaultValue, Reaction.NOT_AVAILABLE, meaning);
    }
}

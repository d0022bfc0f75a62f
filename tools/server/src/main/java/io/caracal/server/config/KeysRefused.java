/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.config;

import static io.caracal.server.config.ValueRule.filled;
import static io.caracal.server.config.ValueRule.flag;
import static io.caracal.server.config.ValueRule.number;
import static io.caracal.server.config.ValueRule.port;
import static io.caracal.server.config.ValueRule.text;

import java.util.List;

/** Keys that ask for protection, or for a kind of quorum, that Caracal does not have yet, with what is missing. */
final class KeysRefused
{
    static final List<KnownKey> ALL = List.of(
        // the client port
        key("secureClientPort", port(), null, "TLS port of clients"),
        key("secureClientPortAddress", filled(), null, "address of the TLS port of clients"),
        key("client.portUnification", flag(), "false", "TLS and plain text on one client port"),

        // who may do what
        key("ssl.authProvider", text(), null, "authentication by certificates"),
        key("sessionRequireClientSASLAuth", flag(), "false", "sessions only for clients with SASL"),
        key("authProvider.N", text(), null, "own authentication classes"),
        key("authProvider.*", text(), null, "own authentication classes"),
        key("requireKerberosConfig", flag(), "false", "Kerberos"),

        // ensemble
        key("group.N", text(), null, "quorums of groups"),
        key("weight.N", number(0, Long.MAX_VALUE), "1", "weights of votes"),
        key("oraclePath", text(), null, "oracle of two servers"),

        // protection of links
        key("sslQuorum", flag(), "false", "TLS between servers"),
        key("portUnification", flag(), "false", "TLS between servers"),
        key("sslQuorumReloadCertFiles", flag(), "false", "TLS between servers"),
        key("ssl.sslProvider", text(), null, "TLS"),
        key("ssl.*", text(), null, "TLS"),
        key("client.certReload", flag(), "false", "TLS"),
        key("quorum.auth.enableSasl", flag(), "false", "SASL between servers"),
        key("quorum.auth.learnerRequireSasl", flag(), "false", "SASL between servers"),
        key("quorum.auth.serverRequireSasl", flag(), "false", "SASL between servers"),
        key("quorum.auth.*", text(), null, "SASL between servers"),

        // looking at a server
        key("admin.portUnification", flag(), "false", "TLS of the admin server"),
        key("admin.forceHttps", flag(), "false", "TLS of the admin server"),
        key("admin.needClientAuth", flag(), "false", "TLS of the admin server"));

    private KeysRefused()
    {
    }

    private static KnownKey key(final String key, final ValueRule rule, final String defaultValue, final String meaning)
    {
        return new KnownKey(key, rule, defaultValue, Reaction.UNSAFE_TO_IGNORE, meaning);
    }
}

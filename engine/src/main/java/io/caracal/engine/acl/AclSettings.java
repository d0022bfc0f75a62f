/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.acl;

import java.util.List;

/**
 * The operator's settings for ACLs and authentication.
 *
 * @param skipAcl         whether ACLs are ignored: {@code skipACL=yes}.
 * @param digestEnabled   whether the scheme digest exists.
 * @param digestAlgorithm hash of the scheme digest, a name that the JDK knows.
 * @param superDigest     {@code user:hash} of the super user, who may do everything; null when there is none.
 * @param ensembleNames   names that clients may give for this ensemble; empty when that scheme is off.
 */
public record AclSettings(boolean skipAcl, boolean digestEnabled, String digestAlgorithm, String superDigest,
    List<String> ensembleNames)
{
    /** ZooKeeper's default hash. */
    public static final String DIGEST_ALGORITHM_DEFAULT = "SHA1";

    /** Takes a copy of the names. */
    public AclSettings
    {
        ensembleNames = List.copyOf(ensembleNames);
    }

    /**
     * The defaults: ACLs are checked, digest uses SHA1, and there is no super user.
     *
     * @return new settings.
     */
    public static AclSettings defaults()
    {
        return new AclSettings(false, true, DIGEST_ALGORITHM_DEFAULT, null, List.of());
    }

    /** Never shows the hash. */
    @Override
    public String toString()
    {
        return "AclSettings[skipAcl=" + skipAcl + ", digestEnabled=" + digestEnabled + ", digestAlgorithm=" +
            digestAlgorithm + ", superDigest=" + (superDigest == null ? "unset" : "set") + ", ensembleNames=" +
            ensembleNames + "]";
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.acl;

import java.util.List;

/**
 * What the operator decides about ACLs and authentication.
 *
 * @param skipAcl         no ACL is looked at: {@code skipACL=yes}.
 * @param digestEnabled   whether the scheme digest exists.
 * @param digestAlgorithm hash of the scheme digest, a name that the JDK knows.
 * @param superDigest     {@code user:hash} of the one who may do everything, null when there is none.
 * @param ensembleNames   names that clients may give for this ensemble; empty when that scheme is off.
 */
public record AclSettings(boolean skipAcl, boolean digestEnabled, String digestAlgorithm, String superDigest,
    List<String> ensembleNames)
{
    /** Hash that ZooKeeper has by default. */
    public static final String DIGEST_ALGORITHM_DEFAULT = "SHA1";

    /** Takes a copy of the names. */
    public AclSettings
    {
        ensembleNames = List.copyOf(ensembleNames);
    }

    /**
     * The defaults: ACLs count, digest with SHA1, nobody may do everything.
     *
     * @return a new one.
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

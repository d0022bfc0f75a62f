/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.config;

/** What the server does about a key that is set. */
public enum Reaction
{
    /** The key is obeyed. */
    HONOURED("honoured"),
    /** Caracal is built in a way that leaves nothing to set: one line of information is logged. */
    NOT_NEEDED("not needed here"),
    /** The key asks for protection, or for a quorum, that Caracal does not have yet: the server refuses to start. */
    UNSAFE_TO_IGNORE("refused"),
    /** The key asks for a feature that Caracal does not have yet: one warning is logged. */
    NOT_AVAILABLE("not available yet");

    private final String label;

    Reaction(final String label)
    {
        this.label = label;
    }

    /**
     * Name for people.
     *
     * @return a few words in lower case.
     */
    public String label()
    {
        return label;
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

/**
 * A persistent znode without children, reduced to what a search for a linearization needs to know of it.
 *
 * @param data    null while there is no znode.
 * @param version of the data.
 */
record Register(String data, int version)
{
    static final Register ABSENT = new Register(null, 0);

    /**
     * Returns the register after an operation, provided that the operation can have the result of which its client was
     * told.
     *
     * @param step the operation.
     * @return null when it cannot have that result.
     */
    Register after(final RegisterStep step)
    {
        final int demanded = demanded(step);
        final boolean isPossible = !step.isKnown() || demanded == step.error();

        if (!isPossible ||
            (step.isKnown() && demanded == 0 && step.kind() == RegisterStep.Kind.READ && !isSeen(step)))
        {
            return null;
        }

        return demanded == 0 ? changed(step) : this;
    }

    private int demanded(final RegisterStep step)
    {
        final boolean exists = data != null;
        final boolean isOtherVersion = step.version() != Operation.ANY_VERSION && step.version() != version;

        return switch (step.kind())
        {
            case CREATE -> exists ? Operation.NODE_EXISTS : 0;
            case SET, DELETE -> !exists ? Operation.NO_NODE : isOtherVersion ? Operation.BAD_VERSION : 0;
            case READ -> exists ? 0 : Operation.NO_NODE;
            case RESTORE -> 0;
        };
    }

    private boolean isSeen(final RegisterStep step)
    {
        return data.equals(step.data()) && version == step.version();
    }

    private Register changed(final RegisterStep step)
    {
        return switch (step.kind())
        {
            case CREATE -> new Register(step.data(), 0);
            case SET -> new Register(step.data(), version + 1);
            case DELETE -> ABSENT;
            case READ -> this;
            case RESTORE -> step.data() == null ? ABSENT : new Register(step.data(), step.version());
        };
    }
}

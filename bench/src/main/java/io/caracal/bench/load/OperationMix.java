/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.StringJoiner;

/** Determines how often each {@link Operation} is drawn. Immutable. */
public final class OperationMix
{
    private static final int WEIGHT_MAX = 1_000_000;

    private final EnumMap<Operation, Integer> weights;
    private final Operation[] operations;
    private final int[] cumulative;
    private final int total;

    private OperationMix(final EnumMap<Operation, Integer> weights)
    {
        this.weights = weights;
        operations = weights.keySet().toArray(new Operation[0]);
        cumulative = new int[operations.length];
        int sum = 0;
        for (int i = 0; i < operations.length; i++)
        {
            sum += weights.get(operations[i]);
            cumulative[i] = sum;
        }
        total = sum;
    }

    /**
     * Returns a mix of only one operation.
     *
     * @param operation the only one.
     * @return the mix.
     */
    public static OperationMix only(final Operation operation)
    {
        return new OperationMix(new EnumMap<>(Map.of(operation, 1)));
    }

    /**
     * Parses a mix such as {@code get=90,set=10}. A word without a weight has weight 1.
     *
     * @param text words of {@link Operation} with weights from 1 to 1,000,000.
     * @return the mix.
     * @throws IllegalArgumentException when a word or weight is not known.
     */
    public static OperationMix parse(final String text)
    {
        final EnumMap<Operation, Integer> weights = new EnumMap<>(Operation.class);
        for (final String part : text.split(",", -1))
        {
            final int equals = part.indexOf('=');
            final String word = (equals < 0 ? part : part.substring(0, equals)).trim();
            final int weight = equals < 0 ? 1 : weight(word, part.substring(equals + 1).trim());
            if (weights.put(operation(word), weight) != null)
            {
                throw new IllegalArgumentException(word + " is named twice");
            }
        }

        return new OperationMix(weights);
    }

    private static int weight(final String word, final String text)
    {
        // Eight digits hold every number that is allowed, and no number that is too large for an int.
        final int weight = text.matches("[0-9]{1,8}") ? Integer.parseInt(text) : 0;
        if (weight < 1 || weight > WEIGHT_MAX)
        {
            throw new IllegalArgumentException("the weight of " + word + " is a number of 1 to " + WEIGHT_MAX +
                ", not '" + text + "'");
        }

        return weight;
    }

    private static Operation operation(final String word)
    {
        for (final Operation operation : Operation.values())
        {
            if (operation != Operation.FILL && operation.name().equals(word.toUpperCase(Locale.ROOT)))
            {
                return operation;
            }
        }
        throw new IllegalArgumentException("no operation is called '" + word + "'");
    }

    Operation next(final SplittableRandom random)
    {
        if (operations.length == 1)
        {
            return operations[0];
        }

        final int draw = random.nextInt(total);
        int i = 0;
        while (cumulative[i] <= draw)
        {
            i++;
        }

        return operations[i];
    }

    /**
     * Whether an operation can be drawn.
     *
     * @param operation to look for.
     * @return true when its weight is above zero.
     */
    public boolean contains(final Operation operation)
    {
        return weights.containsKey(operation);
    }

    @Override
    public String toString()
    {
        final StringJoiner text = new StringJoiner(",");
        weights.forEach((operation, weight) -> text.add(operation.word() + "=" + weight));
        return text.toString();
    }
}

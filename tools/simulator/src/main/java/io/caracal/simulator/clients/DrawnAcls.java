/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

import io.caracal.simulator.check.Acl;
import io.caracal.simulator.check.Identities;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws access control lists. Nearly all let somebody set the list again, so that few znodes stay locked. Some are so
 * long that servers remember what they permit to whom.
 */
final class DrawnAcls
{
    /** Users with their passwords. */
    static final List<String> USERS = List.of("alice:a", "bob:b");

    private static final String ALICE = Identities.digestOf(USERS.get(0));
    private static final String BOB = Identities.digestOf(USERS.get(1));
    private static final int CLIENTS_WITH_ADDRESS = 4;
    private static final int STRANGERS = 8;

    private final SplittableRandom random;

    DrawnAcls(final SplittableRandom random)
    {
        this.random = random;
    }

    /** Draws a list. */
    Acl next()
    {
        return switch (random.nextInt(11))
        {
            case 0 -> Acl.OPEN;
            case 1 -> Acl.of(Acl.digest(Acl.ALL, someUser()));
            case 2 -> Acl.of(Acl.world(Acl.READ), Acl.digest(Acl.ALL, someUser()));
            case 3 -> Acl.of(Acl.auth(Acl.ALL), Acl.world(somePermissions()));
            case 4 -> Acl.of(Acl.digest(Acl.ALL & ~Acl.DELETE, ALICE), Acl.digest(Acl.ALL & ~Acl.CREATE, BOB));
            case 5 -> Acl.of(Acl.world(Acl.ALL & ~Acl.ADMIN), Acl.digest(Acl.ADMIN, someUser()));
            case 6 -> Acl.of(Acl.digest(Acl.READ, ALICE), Acl.digest(Acl.ADMIN | Acl.WRITE, BOB),
                Acl.world(Acl.CREATE));
            case 7 -> Acl.of(Acl.address(Acl.ALL, someAddress()), Acl.world(somePermissions()));
            case 8, 9 -> longOne();
            default -> Acl.of(Acl.world(somePermissions()), Acl.digest(somePermissions() | Acl.ADMIN, ALICE),
                Acl.digest(somePermissions() | Acl.ADMIN, BOB));
        };
    }

    private Acl longOne()
    {
        final List<Acl.Entry> entries = new ArrayList<>();

        for (int i = 0; i < STRANGERS; i++)
        {
            entries.add(Acl.digest(Acl.ALL, Identities.digestOf("stranger" + i + ":s")));
        }

        entries.add(Acl.digest(somePermissions() | Acl.ADMIN, someUser()));

        return new Acl(entries);
    }

    private int somePermissions()
    {
        return random.nextInt(Acl.ALL + 1);
    }

    private String someUser()
    {
        return random.nextBoolean() ? ALICE : BOB;
    }

    private String someAddress()
    {
        return Identities.of(random.nextInt(CLIENTS_WITH_ADDRESS)).address();
    }
}

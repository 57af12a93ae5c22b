package io.surstream.cli.remote;

import io.surstream.cli.terminal.CommandFailedException;
import io.surstream.contract.ResourceName;

/** What a person names a job, a run or an adapter. Refused here: a service would lay it among the dead letters, where nobody waits. */
public final class GivenName {
    private GivenName() {}

    /**
     * @param option as given on the command line
     * @throws CommandFailedException naming option, value and limit
     */
    public static void require(String option, String name) {
        if (!ResourceName.isValid(name)) {
            throw new CommandFailedException(option + " must be " + ResourceName.LIMIT + " but is '" + name + "'");
        }
    }
}

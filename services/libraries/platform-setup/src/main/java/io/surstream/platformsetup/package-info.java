/** What a cluster and a store need before services use them, as steps that can be looked at and then taken. */
package io.surstream.platformsetup;

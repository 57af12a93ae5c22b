/** Every service in a process of its own: both roads, scaling, rolling, backup and restore. */
package io.surstream.it.distributed;

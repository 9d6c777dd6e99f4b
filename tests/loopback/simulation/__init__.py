"""The real engine on a virtual clock, in an account that fails at random: one seed, one history."""

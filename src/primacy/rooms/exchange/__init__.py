"""Exchange of the register with other registers: sheets in and out, FollowTheMoney out."""

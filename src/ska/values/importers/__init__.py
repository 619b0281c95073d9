"""One file a source: from a publisher's file to one frame of observations and a full account."""

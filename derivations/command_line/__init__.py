"""How the commands meet terminals, shells and machines; what they do stands in the rooms beside."""

"""Background facts: who holds which post (holds_role) and belongs to which party (member_of).

titles is the extractor; roles_text finds the words for posts, post_context reads what stands around them, role_labels
names them; holders, belonging, memberships, duties and implied are the ways in which a text gives somebody a post or a party; enumerations reads lists of names.
"""

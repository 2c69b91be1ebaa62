//! Names that the page gives to guests.

use std::collections::BTreeSet;

const GIVES_NAMES: &str = include_str!("../../shell/guest.js");

#[test]
fn every_guest_name_is_one_that_rooms_take() {
    let lists = GIVES_NAMES.split("const ").skip(1).take(2);
    let [manners, animals] = [(); 2].map({
        let mut lists = lists.map(|list| list.split('"').skip(1).step_by(2).collect::<BTreeSet<_>>());
        move |()| lists.next().expect("two lists of words")
    });

    assert_eq!((manners.len(), animals.len()), (32, 32), "no word stands there twice");
    for (manner, animal) in
        manners.iter().flat_map(|manner| animals.iter().map(move |animal| (manner, animal)))
    {
        protocol::Name::parse(&format!("{manner} {animal}")).expect("a name");
    }
}

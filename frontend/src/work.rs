//! What the keys are for besides a new message: which one it answers, and which old one is being changed. Neither ends the other:
//! what somebody has begun to write is not lost by a click somewhere else.

use std::rc::Rc;

use protocol::Seq;
use yew::Reducible;

/// What is being written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Work {
    /// The next message answers this one.
    pub answering: Option<Seq>,
    /// The text of this one is being changed.
    pub editing: Option<Seq>,
}

/// A change of that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The next message answers this one.
    Answer(Seq),
    /// It answers none.
    AnswerNobody,
    /// Change the text of this one.
    Edit(Seq),
    /// Change none any more.
    EditNothing,
}

impl Work {
    /// What is being written after `step`.
    #[must_use]
    pub const fn after(self, step: Step) -> Self {
        match step {
            Step::Answer(seq) => Self { answering: Some(seq), ..self },
            Step::AnswerNobody => Self { answering: None, ..self },
            Step::Edit(seq) => Self { editing: Some(seq), ..self },
            Step::EditNothing => Self { editing: None, ..self },
        }
    }
}

impl Reducible for Work {
    type Action = Step;

    fn reduce(self: Rc<Self>, step: Step) -> Rc<Self> {
        Rc::new(self.after(step))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answering_one_message_leaves_the_change_of_another_alone() {
        let (one, two) = (Seq::ZERO.next(), Seq::ZERO.next().next());
        let work = Work::default().after(Step::Edit(one)).after(Step::Answer(two)).after(Step::AnswerNobody);
        assert_eq!(work, Work { answering: None, editing: Some(one) });
        assert_eq!(work.after(Step::EditNothing), Work::default());
    }
}

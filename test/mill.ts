import type { Chaptered } from './formats.js'

/** A story of our own with what formats can spoil: a typed break, italic thought, speech cut by a tag, a chapter that begins in the middle. */
export const mill: Chaptered = {
  title: 'The Mill & the Letter',
  author: 'Sam Fields',
  chapters: [
    {
      title: 'The Letter',
      paragraphs: [
        'Anna Hale came down to the mill before the frost had left the grass. Her brother was not there. The wheel turned slowly, and the water under it was black.',
        '“Thomas?” she called. “Are you in the loft?”',
        'Nobody answered her. She put the basket on the step and went inside. *He has gone without a word*, she thought. *He would not dare.*',
        'There was a letter on the table, under the lamp. She knew his hand at once. She read it twice, standing, and then she sat down and read it again.',
        '“So,” said old Martin from the door, “you have found it.”',
        '“You knew?”',
        '“I knew.” Martin took off his hat. “He asked me to say nothing until the coach had left, and I said nothing. I am sorry, Anna.”',
        '* * *',
        'The coach stopped at noon at the crossroads, and Thomas Reed got down to stretch his legs. He had not slept. The driver was watering the horses and did not look at him.',
        '“How far to the coast?” Thomas asked.',
        '“Two days,” said the driver, “if the rain holds off. Are you in a hurry, sir?”',
        '“No,” said Thomas. He looked back along the road. *She will have read it by now.* “No, I am in no hurry at all.”',
      ],
    },
    {
      title: 'The Return',
      paragraphs: [
        'Three years later the wheel had stopped. Anna stood in the yard with a lantern, and the snow fell on her hair.',
        'The man at the gate had a beard and a soldier’s coat. He said her name as if he were afraid of it.',
        '“You are late for supper,” said Anna.',
        '“I know,” Thomas said. “I am sorry, Anna. I should have written.”',
        '“You wrote once. It was enough for three years.” She lifted the lantern to see his face, and she began to laugh, and he saw that she was crying. “Come in. Martin will want to see you.”',
        'He followed her across the yard. The door of the mill was open, and old Martin stood in it with his hat in his hand.',
      ],
    },
  ],
}
